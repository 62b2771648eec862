"""The feed keeps itself up to date with one poll for the page. Both ways of answering it say the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generations.models import Generation, Status, Team, User
from tests.cast import client_of
from tests.compose.looking import cards, history, html, look, order, poll, tag, words
from tests.made import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["short", "long"])
def who_asks(request: pytest.FixtureRequest, settings) -> int:
    """Queries until that is known: the session and the person with their teams, or all three apart."""
    if request.param == "short":
        return 2
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "quiet" not in one]
    return 3


def test_an_unchanged_feed_answers_that_it_is(designer: User, team: Team):
    history(designer, team, 3)
    client = client_of(designer)
    answer = poll(client, tag(look(client)))
    assert (answer.status_code, answer.content) == (304, b"")


def test_an_unchanged_poll_costs_one_query_and_draws_nothing(designer: User, team: Team, django_assert_num_queries, who_asks: int):
    history(designer, team, 30)
    made(designer, team, Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    with django_assert_num_queries(who_asks + 1):
        answer = poll(client, seen)
    assert (answer.status_code, answer.templates) == (304, [])


def test_a_line_costs_two_queries_more(designer: User, team: Team, django_assert_num_queries, who_asks: int):
    for _n in range(5):
        made(designer, team, Status.QUEUED)
    client = client_of(designer)
    seen = tag(look(client))
    with django_assert_num_queries(who_asks + 3):
        assert poll(client, seen).status_code == 304


def test_only_what_changed_comes(designer: User, team: Team):
    still, moving = made(designer, team), made(designer, team, Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    moving.move(Status.COLLECTING, timezone.now())
    answer = html(poll(client, seen))
    assert order(answer) == [str(moving.uid)]
    assert 'hx-swap-oob="outerMorph"' in answer
    assert str(still.uid) not in answer


def test_the_answer_is_what_the_page_shows_next(designer: User, team: Team):
    moving = made(designer, team, Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    moving.move(Status.COLLECTING, timezone.now())
    assert poll(client, tag(html(poll(client, seen)))).status_code == 304


def test_the_count_is_right_though_nothing_on_the_page_has_changed(designer: User, team: Team):
    unseen, *_newer = history(designer, team, 30, status=Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    unseen.move(Status.FAILED)
    answer = html(poll(client, seen))
    assert "29 running" in words(answer)
    assert order(answer) == []


def test_what_nobody_sees_is_no_change(designer: User, team: Team):
    moving = made(designer, team, Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    moving.write(due_at=timezone.now() + timedelta(minutes=5))
    assert poll(client, seen).status_code == 304


def test_a_new_request_comes_on_top(designer: User, team: Team):
    history(designer, team, 2)
    client = client_of(designer)
    seen = tag(look(client))
    new = made(designer, team, Status.QUEUED)
    answer = html(poll(client, seen))
    assert order(answer) == [str(new.uid)]
    assert '<div hx-swap-oob="afterbegin:#cards">' in answer


def test_the_first_request_of_all_comes_too(designer: User, team: Team):
    client = client_of(designer)
    seen = tag(look(client))
    new = made(designer, team, Status.QUEUED)
    assert order(html(poll(client, seen))) == [str(new.uid)]


def test_a_row_that_appears_after_its_followers_is_not_missed(designer: User, team: Team):
    """Two transactions commit in another order than they took their numbers."""
    history(designer, team, 30)
    client = client_of(designer)
    late = Generation.objects.order_by("-pk")[3]
    states = tag(look(client)).split(" ")
    seen = " ".join(one for one in states if not one.strip('"').startswith(f"{late.pk}."))
    found = order(html(poll(client, seen)))
    assert str(late.uid) in found


@pytest.mark.parametrize("to", [Status.WAITING, Status.REFUSED])
def test_older_cards_are_watched_while_they_may_change(to: Status, designer: User, team: Team):
    moving = made(designer, team, Status.UNKNOWN)
    history(designer, team, 30)
    client = client_of(designer)
    first = look(client)
    before = first.split("before=")[1].split('"')[0]
    seen = tag(first + look(client, f"/feed/?before={before}"))
    assert poll(client, seen).status_code == 304
    moving.move(to, timezone.now() if to == Status.WAITING else None)
    assert order(html(poll(client, seen))) == [str(moving.uid)]


def test_a_flood_draws_the_whole_feed_anew(designer: User, team: Team):
    client = client_of(designer)
    seen = tag(look(client))
    history(designer, team, 60)
    answer = poll(client, seen)
    assert (answer["HX-Retarget"], len(order(html(answer)))) == ("#feed", 24)


def test_a_strange_list_is_answered_too(designer: User, team: Team):
    made(designer, team)
    for list in ['"', "W/x", '"1.2', "\x7f", "5.1 " * 400, '"1.x2 777.0";;;', "99999999999999999999.1", "1." + "9" * 90]:
        assert poll(client_of(designer), list).status_code == 200, list[:20]


def test_a_list_reaches_nobody_elses_requests(stranger: User, designer: User, team: Team):
    theirs = made(designer, team, Status.WAITING)
    answer = poll(client_of(stranger), f'";{theirs.pk}.77"', "/feed/?whose=team")
    assert answer.status_code == 304


def test_a_poll_follows_the_filter_of_its_page(designer: User, reviewer: User, team: Team):
    client = client_of(designer)
    mine, teams = tag(look(client, "/feed/?whose=mine")), tag(look(client, "/feed/?whose=team"))
    made(reviewer, team, Status.WAITING)
    assert poll(client, mine, "/feed/?whose=mine").status_code == 304
    assert poll(client, teams, "/feed/?whose=team").status_code == 200


def test_a_place_in_line_changes_without_its_own_row(designer: User, team: Team):
    first, second = made(designer, team, Status.QUEUED, due_at=timezone.now()), made(designer, team, Status.QUEUED, due_at=timezone.now())
    client = client_of(designer)
    seen = tag(look(client))
    assert "2nd in line" in look(client)
    first.move(Status.CANCELLED)
    answer = html(poll(client, seen))
    assert "next in line" in cards(answer)[str(second.uid)]


def test_an_older_page_keeps_itself_up_to_date_too(designer: User, team: Team):
    moving, *newer = history(designer, team, 3, status=Status.WAITING)
    client, path = client_of(designer), f"/feed/?whose=mine&before={newer[0].pk}"
    seen = tag(look(client, path))
    assert poll(client, seen, path).status_code == 304
    moving.move(Status.COLLECTING, timezone.now())
    assert order(html(poll(client, seen, path))) == [str(moving.uid)]
