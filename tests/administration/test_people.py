"""Those who may come in: found, invited, raised, stopped."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations import standing
from generations.administration import keyed
from generations.models import Invitation, JournalLine, Role, Status, Team, User
from generations.pipeline import money
from tests.cast import PASSWORD, client_of
from tests.cast import person as somebody
from tests.made import made

pytestmark = pytest.mark.django_db

PEOPLE = "/administration/people/"


def page(user: User, path: str = PEOPLE) -> str:
    answer = client_of(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def do(by: User, who: User, deed: str) -> Any:
    return client_of(by).post(f"{PEOPLE}{who.pk}/{deed}/", follow=True)


# --- finding ---


@pytest.mark.parametrize(
    ("search", "found"), [("dana", True), ("DANA@EXAMPLE", True), ("designer", True), ("nobody", False), ("%", False), ("_", False)]
)
def test_people_are_found_by_name_and_address(search: str, found: bool, owner: User, designer: User):
    told = page(owner, f"{PEOPLE}?q={search.replace('%', '%25')}")
    assert ("dana@example.com" in told) == found


@pytest.mark.parametrize("search", ["x" * 10_000, "' OR 1=1 --", "%00", "(a+)+$"])
def test_odd_searches_find_nobody_and_break_nothing(search: str, owner: User):
    answer = client_of(owner).get(PEOPLE, {"q": search, "after": "9e9"})
    assert answer.status_code == 200


def test_the_list_goes_on(owner: User, team: Team, monkeypatch):
    monkeypatch.setattr(keyed, "PAGE", 2)
    for name in ("Ann", "Ben", "Cem"):
        somebody(f"{name} Same", team, Role.VIEWER)
    first = page(owner)
    further = first.partition("?after=")[2].partition('"')[0]
    assert "ben@example.com" in first
    assert "cem@example.com" in page(owner, f"{PEOPLE}?after={further}")


def test_twice_the_people_take_the_same_questions(owner: User, team: Team):
    client = client_of(owner)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(PEOPLE)
        return len(asked)

    somebody("Zoe First", team, Role.VIEWER)
    few = questions()
    for number in range(6):
        somebody(f"P{number} Many", team, Role.VIEWER)
    assert questions() == few


# --- inviting ---


def test_an_invitation_lets_one_person_in(owner: User, team: Team):
    told = client_of(owner).post(PEOPLE, {"email": "new@example.com", "team": team.pk, "role": "reviewer"}).content.decode()
    link = told.partition('id="link" value="')[2].partition('"')[0]
    answer = Client().post(link, {"name": "Nia New", "password": PASSWORD})
    assert answer.status_code == 302
    assert User.objects.get(email="new@example.com").memberships.get().role == Role.REVIEWER


def test_an_invitation_goes_by_mail_where_the_studio_can(owner: User, team: Team, settings, mailoutbox):
    settings.MAIL = True
    client_of(owner).post(PEOPLE, {"email": "new@example.com", "team": team.pk, "role": "reviewer"})
    assert [letter.to for letter in mailoutbox] == [["new@example.com"]]
    assert "/join/" in mailoutbox[0].body


def test_whoever_is_here_already_is_not_invited(owner: User, designer: User, team: Team):
    answer = client_of(owner).post(PEOPLE, {"email": "Dana@example.com", "team": team.pk, "role": "viewer"})
    assert answer.status_code == 422
    assert "has an account here already" in answer.content.decode()
    assert not Invitation.objects.exists()


# --- site administrators ---


def test_somebody_is_made_a_site_administrator_and_unmade(owner: User, designer: User):
    do(owner, designer, "promote")
    designer.refresh_from_db()
    assert (designer.is_superuser, designer.is_staff) == (True, True)
    do(owner, designer, "demote")
    designer.refresh_from_db()
    assert (designer.is_superuser, designer.is_staff) == (False, False)
    assert JournalLine.objects.filter(deed="person.change", subject=f"user/{designer.pk}").count() == 2


@pytest.mark.parametrize("deed", ["demote", "disable"])
def test_the_last_one_stays(deed: str, owner: User, designer: User):
    designer.is_superuser, designer.is_active = True, False  # cannot sign in, so does not count
    designer.save()
    assert "is the only site administrator" in do(owner, owner, deed).content.decode()
    owner.refresh_from_db()
    assert (owner.is_superuser, owner.is_active) == (True, True)


def test_two_who_unmake_each_other_leave_one(owner: User, team: Team):
    other = somebody("Otto Owner", team, Role.ADMIN, administrator=True)
    standing.demote(other, owner)
    with pytest.raises(standing.LastAdministrator):
        standing.demote(owner, other)


# --- out, at once ---


def test_whoever_is_disabled_is_out_at_the_next_click_and_stays_out(owner: User, designer: User):
    theirs = client_of(designer)
    assert theirs.get("/gallery/").status_code == 200
    do(owner, designer, "disable")
    assert theirs.get("/gallery/").status_code == 302
    assert not signed_in(designer)


def signed_in(user: User) -> bool:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client.get("/gallery/").status_code == 200


def test_after_enabling_they_can_sign_in_but_old_sessions_stay_dead(owner: User, designer: User):
    theirs = client_of(designer)
    do(owner, designer, "disable")
    assert not signed_in(designer)
    do(owner, designer, "enable")
    assert theirs.get("/gallery/").status_code == 302
    assert signed_in(designer)


def test_what_was_in_line_is_cancelled_and_its_money_released(owner: User, designer: User, team: Team):
    waiting = held(designer, team, Status.QUEUED)
    asking = held(designer, team, Status.ASKING)
    sent = held(designer, team, Status.WAITING)
    do(owner, designer, "disable")
    for generation in (waiting, asking, sent):
        generation.refresh_from_db()
    assert [(one.status, one.held) for one in (waiting, asking, sent)] == [("cancelled", 0), ("cancelled", 0), ("waiting", 35_000)]
    assert list(money.audit()) == []


def held(user: User, team: Team, status: Status) -> Any:
    generation = made(user, team, status, price=35_000)
    with transaction.atomic():
        generation.write(**money.hold(generation, 35_000, generation.attempts.get()))
    return generation


def test_their_work_stays_with_the_team(owner: User, designer: User, reviewer: User, team: Team):
    made(designer, team)
    do(owner, designer, "disable")
    assert "A red kite" in client_of(reviewer).get("/?whose=team").content.decode()


# --- sessions and second factors ---


def test_all_sessions_end_at_once_also_those_that_nobody_listed(owner: User, designer: User):
    theirs = [client_of(designer), client_of(designer)]
    do(owner, designer, "sign-out")
    assert [client.get("/gallery/").status_code for client in theirs] == [302, 302]
    assert signed_in(designer)


def test_ending_ones_own_sessions_leads_to_the_door(owner: User):
    answer = client_of(owner).post(f"{PEOPLE}{owner.pk}/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")


def test_a_second_factor_is_reset_and_journalled(owner: User, designer: User):
    Authenticator.objects.create(user=designer, type="totp", data={})
    do(owner, designer, "reset-factor")
    assert not Authenticator.objects.exists()
    assert JournalLine.objects.get(deed="person.change").details == {"factors": 1}


@pytest.mark.parametrize("deed", ["promote", "demote", "disable", "enable", "sign-out", "reset-factor", "team"])
@pytest.mark.parametrize("who", ["designer", "admin", "stranger"])
def test_nobody_else_can_do_any_of_it(deed: str, who: str, owner: User, request: pytest.FixtureRequest):
    assert client_of(request.getfixturevalue(who)).post(f"{PEOPLE}{owner.pk}/{deed}/").status_code == 403


def test_what_is_no_deed_is_not_there(owner: User, designer: User):
    client = client_of(owner)
    assert client.post(f"{PEOPLE}{designer.pk}/delete/").status_code == 404
    assert client.post(f"{PEOPLE}999999/disable/").status_code == 404
    assert client.get(f"{PEOPLE}{designer.pk}/disable/").status_code == 405


def test_somebody_is_put_into_a_team_on_their_own_page(owner: User, stranger: User, team: Team):
    client_of(owner).post(f"{PEOPLE}{stranger.pk}/team/", {"team": team.pk, "role": "viewer"})
    assert stranger.memberships.get(team=team).role == Role.VIEWER
    assert client_of(owner).post(f"{PEOPLE}{stranger.pk}/team/", {"team": team.pk, "role": "admin"}).status_code == 422
