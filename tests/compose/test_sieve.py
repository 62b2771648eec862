"""A part of the feed: by state, by engine, by person. It keeps itself up to date like the whole."""

import pytest

from generations.models import Generation, Status, Team, User
from tests.cast import client_of
from tests.compose.looking import history, html, look, order, poll, tag, words
from tests.made import asked, made

pytestmark = pytest.mark.django_db

OLD = "gateway/seedream-3.0-t2i"
UNKNOWN = "/feed/?whose=mine&status=unknown"


def uids(*some: Generation) -> list[str]:
    return [str(one.uid) for one in some]


def test_all_that_is_unknown_is_found(designer: User, team: Team):
    _done, one = made(designer, team), made(designer, team, Status.UNKNOWN)
    assert order(look(client_of(designer), UNKNOWN)) == uids(one)


def test_the_requests_of_one_engine_are_found(designer: User, team: Team):
    _other, one = made(designer, team), made(designer, team, request=asked(engine=OLD))
    assert order(look(client_of(designer), f"/feed/?whose=mine&engine={OLD}")) == uids(one)


def test_one_persons_requests_are_found_but_not_what_is_private_to_them(designer: User, reviewer: User, team: Team):
    _mine, one, _private = made(designer, team), made(reviewer, team), made(reviewer, team, private=True)
    assert order(look(client_of(designer), f"/feed/?whose=team&person={reviewer.pk}")) == uids(one)


def test_it_is_a_page_with_an_address(designer: User, team: Team):
    made(designer, team)
    one = made(designer, team, Status.UNKNOWN)
    page = html(client_of(designer).get("/?whose=mine&status=unknown"))
    assert order(page) == uids(one)
    assert '<option value="unknown" selected>' in page


def test_older_pages_leave_no_gap(designer: User, team: Team):
    wanted = history(designer, team, 30, status=Status.UNKNOWN)
    history(designer, team, 30)
    client = client_of(designer)
    page = look(client, UNKNOWN)
    before = page.split("before=")[1].split('"')[0]
    assert order(page) + order(look(client, f"{UNKNOWN}&before={before}")) == uids(*wanted[::-1])


def test_a_part_without_hits_says_which_choice_to_take_back(designer: User, team: Team):
    made(designer, team)
    page = look(client_of(designer), f"{UNKNOWN}&engine={OLD}")
    assert "No request is like this" in words(page)
    assert 'href="/?whose=mine&amp;status=unknown"' in page


@pytest.mark.parametrize("query", ["status=x", "status=", "engine=x", "person=x", "person=-1", f"person={'9' * 40}", "person=1"])
def test_what_is_no_choice_chooses_nothing(query: str, designer: User, team: Team):
    one = made(designer, team)
    assert order(look(client_of(designer), f"/feed/?whose=mine&{query}")) == uids(one)


# --- polls ---


def test_an_unchanged_part_answers_that_it_is(designer: User, team: Team):
    made(designer, team, Status.UNKNOWN)
    made(designer, team, Status.WAITING)
    client = client_of(designer)
    assert poll(client, tag(look(client, UNKNOWN)), UNKNOWN).status_code == 304


def test_only_what_belongs_to_it_comes_on_top(designer: User, team: Team):
    made(designer, team, Status.UNKNOWN)
    client = client_of(designer)
    seen = tag(look(client, UNKNOWN))
    made(designer, team)
    assert poll(client, seen, UNKNOWN).status_code == 304
    one = made(designer, team, Status.UNKNOWN)
    assert order(html(poll(client, seen, UNKNOWN))) == uids(one)


def test_what_does_not_belong_to_it_any_more_is_still_drawn_as_it_is(designer: User, team: Team):
    one = made(designer, team, Status.UNKNOWN)
    client = client_of(designer)
    seen = tag(look(client, UNKNOWN))
    one.move(Status.FAILED)
    answer = html(poll(client, seen, UNKNOWN))
    assert order(answer) == uids(one)
    assert "Failed" in words(answer)


def test_how_many_run_is_still_counted_over_all(designer: User, team: Team):
    made(designer, team, Status.UNKNOWN)
    client = client_of(designer)
    seen = tag(look(client, UNKNOWN))
    made(designer, team, Status.WAITING)
    assert "1 running" in words(html(poll(client, seen, UNKNOWN)))


def test_a_stranger_learns_nothing_by_naming_numbers(stranger: User, designer: User, team: Team):
    one = made(designer, team, Status.UNKNOWN)
    answer = poll(client_of(stranger), f'"{one.pk}.9;;"', "/feed/?whose=team&status=unknown")
    assert str(one.uid) not in html(answer)
