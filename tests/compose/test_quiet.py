"""Polls on the short way: only for somebody who is certain to be who they say, and only where nothing has changed."""

from collections.abc import Callable

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from generations.compose import quiet
from generations.compose.watched import Onlooker, watched
from generations.models import Generation, Membership, Role, Status, Team, User
from generations.people import add_member
from tests.cast import client_of
from tests.compose.looking import history, look, order, poll, tag
from tests.made import made
from tests.sessions import change_password, end_all, expire, switch_off

pytestmark = pytest.mark.django_db

TEAM = "/feed/?whose=team"


@pytest.fixture
def seen(designer: User, team: Team) -> str:
    """What the page of the designer shows."""
    made(designer, team)
    return tag(look(client_of(designer)))


def test_the_short_way_knows_the_address():
    assert reverse("feed") == quiet.QuietMiddleware.address


def test_the_long_way_gives_the_same(seen: str, designer: User, settings):
    short = poll(client_of(designer), seen)
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "quiet" not in one]
    long = poll(client_of(designer), seen)
    different = {"X-Request-ID", "Content-Language", "Content-Length", "Vary"}
    assert (short.status_code, short.content) == (long.status_code, long.content) == (304, b"")
    assert {k: v for k, v in short.items() if k not in different} == {k: v for k, v in long.items() if k not in different}


# --- who is nobody ---


def sign_out(client: Client, user: User) -> None:
    client.logout()


def sign_out_and_keep_the_cookie(client: Client, user: User) -> None:
    key = client.cookies["session"].value
    client.logout()
    client.cookies["session"] = key


def claim_another(client: Client, user: User) -> None:
    """A session that names one person with the proof of another."""
    session = client.session
    session[SESSION_KEY] = str(User.objects.exclude(pk=user.pk).earliest("pk").pk)
    session.save()


@pytest.mark.parametrize("end", [sign_out, sign_out_and_keep_the_cookie, switch_off, change_password, end_all, expire, claim_another])
def test_a_session_that_is_over_learns_nothing(end: Callable, seen: str, designer: User, reviewer: User):
    client = client_of(designer)
    assert poll(client, seen).status_code == 304
    end(client, designer)
    answer = poll(client, seen)
    assert answer.status_code == 401
    assert "card" not in answer.content.decode()


def test_whoever_was_taken_out_of_the_team_learns_nothing(seen: str, designer: User):
    client = client_of(designer)
    Membership.objects.filter(user=designer).delete()
    assert poll(client, seen).status_code == 403


@pytest.mark.parametrize("cookie", ["x", "", "0" * 32, "é", "\0", "a" * 5000])
def test_a_cookie_somebody_made_up_is_nobodys(cookie: str, client: Client):
    client.cookies["session"] = cookie
    assert poll(client, '";;"').status_code == 401


def test_a_name_that_is_not_ours_is_refused(seen: str, designer: User):
    headers = {"host": "evil.example", "HX-Request": "true", "If-None-Match": seen}
    assert client_of(designer).get("/feed/?whose=mine", headers=headers).status_code == 400


# --- whose feed it is ---


def test_it_is_the_feed_of_the_team_that_was_chosen_last(seen: str, designer: User, other_team: Team):
    add_member(designer, other_team, Role.DESIGNER)
    theirs = made(designer, other_team)
    client = client_of(designer)
    assert poll(client, seen).status_code == 304
    User.objects.filter(pk=designer.pk).update(team=other_team)
    assert order(poll(client, seen).content.decode()) == [str(theirs.uid)]


def test_a_team_that_one_has_left_is_not_chosen_any_more(seen: str, designer: User, other_team: Team):
    User.objects.filter(pk=designer.pk).update(team=other_team)
    made(designer, other_team)
    assert poll(client_of(designer), seen).status_code == 304


def test_whoever_comes_to_administrate_sees_what_is_private(reviewer: User, designer: User, team: Team):
    client = client_of(reviewer)
    seen = tag(look(client, TEAM))
    private = made(designer, team, private=True)
    assert poll(client, seen, TEAM).status_code == 304
    Membership.objects.filter(user=reviewer).update(role=Role.ADMIN)
    assert order(poll(client, seen, TEAM).content.decode()) == [str(private.uid)]


@pytest.mark.parametrize("mine", [True, False])
@pytest.mark.parametrize("role", list(Role))
def test_the_statement_finds_what_the_pages_show(role: Role, mine: bool, team: Team, other_team: Team, designer: User, stranger: User):
    add_member(stranger, team, role)
    for user, where in [(designer, team), (stranger, team), (stranger, other_team)]:
        for status in (Status.DONE, Status.WAITING):
            made(user, where, status)
            made(user, where, status, private=True)
    whole = Generation.objects.seen_by(stranger, team, administrates=role == Role.ADMIN)
    found = watched(Onlooker(stranger.pk, team.pk, role == Role.ADMIN, mine), 0, None, [])
    assert found.keys() == {one.pk for one in whole if not mine or one.user_id == stranger.pk}


# --- what is no poll of ours ---


@pytest.mark.parametrize("path", ["/feed/", "/feed/?whose=", "/feed/?whose=everybody"])
def test_what_does_not_say_whose_feed_goes_the_long_way(path: str, seen: str, designer: User, django_assert_num_queries):
    client = client_of(designer)
    with django_assert_num_queries(4):
        assert poll(client, seen, path).status_code == 304


def test_an_older_page_goes_the_short_way_too(designer: User, team: Team, django_assert_num_queries):
    _old, new = history(designer, team, 2)
    client, path = client_of(designer), f"/feed/?whose=mine&before={new.pk}"
    seen = tag(look(client, path))
    with django_assert_num_queries(3):
        assert poll(client, seen, path).status_code == 304


def test_without_htmx_it_is_a_page(seen: str, designer: User):
    answer = client_of(designer).get("/feed/?whose=mine", headers={"If-None-Match": seen})
    assert answer["Location"] == "/?whose=mine"
