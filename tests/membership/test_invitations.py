"""Whoever goes leaves no door open: neither for themselves nor for those whom they invited."""

from datetime import timedelta

import pytest
from django.test import Client

from generations import membership, standing
from generations.models import Invitation, JournalLine, Membership, Role, Team, User
from generations.people import add_member
from tests.cast import PASSWORD, client_of, person

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def invitation(team: Team, by: User | None, email: str = "new@example.com", role: Role = Role.ADMIN) -> tuple[Invitation, str]:
    made, token = Invitation.write(team, email, role, by, WEEK)
    return made, f"/join/{token}/"


def member(user: User, team: Team) -> Membership:
    return user.memberships.select_related("team", "user").get(team=team)


def opens(link: str) -> bool:
    return Client().get(link).status_code == 200


@pytest.fixture
def leaving(team: Team, admin: User) -> User:
    """One of two administrators."""
    return person("Bea Boss", team, Role.ADMIN)


GOING = {
    "removed": lambda who, team, by: membership.remove(member(who, team), by),
    "left": lambda who, team, by: membership.leave(member(who, team)),
    "lowered": lambda who, team, by: membership.change_role(member(who, team), Role.VIEWER, by),
    "disabled": lambda who, team, by: standing.disable(who, by),
}


@pytest.mark.parametrize("way", GOING)
def test_whom_they_invited_comes_in_no_more(way: str, leaving: User, admin: User, owner: User, team: Team):
    theirs, link = invitation(team, leaving)
    others = invitation(team, admin, "other@example.com")[1]
    assert opens(link)
    GOING[way](leaving, team, owner)
    assert (opens(link), opens(others)) == (False, True)
    assert JournalLine.objects.filter(deed="invitation.withdraw", subject=f"invitation/{theirs.pk}").count() == 1


@pytest.mark.parametrize("way", ["removed", "disabled"])
def test_an_older_link_of_their_own_brings_nobody_back(way: str, designer: User, admin: User, owner: User, team: Team):
    theirs = invitation(team, admin, designer.email)[0]
    GOING[way](designer, team, owner)
    theirs.refresh_from_db()
    assert theirs.withdrawn_at


def test_a_link_that_nobody_withdrew_asks_whether_its_writer_still_may(leaving: User, team: Team):
    link = invitation(team, leaving)[1]
    Membership.objects.filter(user=leaving).update(role=Role.REVIEWER)
    assert Client().post(link, {"name": "N", "password": PASSWORD}).status_code == 410
    Membership.objects.filter(user=leaving).update(role=Role.ADMIN)
    assert opens(link)


def test_it_may_be_used_up_only_while_its_writer_may(leaving: User, designer: User, team: Team):
    mine = invitation(team, leaving, designer.email)[0]
    User.objects.filter(pk=leaving.pk).update(is_active=False)
    assert not mine.take(designer)


def test_a_site_administrator_invites_without_being_in_the_team_until_unmade(owner: User, team: Team, other_team: Team):
    person("Otto Owner", team, Role.VIEWER, administrator=True)
    Membership.objects.filter(user=owner).delete()
    add_member(owner, other_team, Role.ADMIN)
    (_one, link), (_two, led) = invitation(team, owner), invitation(other_team, owner)
    assert opens(link)
    standing.demote(owner, owner)
    assert (opens(link), opens(led)) == (False, True)


def test_a_higher_role_withdraws_nothing(leaving: User, admin: User, team: Team):
    Membership.objects.filter(user=leaving).update(role=Role.DESIGNER)
    invitation(team, admin, leaving.email)
    membership.change_role(member(leaving, team), Role.ADMIN, admin)
    assert Invitation.objects.unused().exists()


def test_it_is_told_before(leaving: User, admin: User, team: Team):
    invitation(team, leaving)
    page = client_of(admin).get(f"/team/members/{member(leaving, team).pk}/remove/").content.decode()
    assert "1 open invitation is withdrawn." in page


def test_nobody_joins_a_closed_team(admin: User, team: Team, owner: User):
    link = invitation(team, admin)[1]
    client_of(owner).post(f"/administration/teams/{team.pk}/close/", {"closed": "on"})
    answer = Client().post(link, {"name": "Nia New", "password": PASSWORD})
    assert (answer.status_code, "Studio North is closed" in answer.content.decode()) == (403, True)
    client_of(owner).post(f"/administration/teams/{team.pk}/close/", {"closed": "off"})
    assert opens(link)


def test_nobody_is_invited_into_one(admin: User, team: Team, owner: User):
    client_of(owner).post(f"/administration/teams/{team.pk}/close/", {"closed": "on"})
    answer = client_of(admin).post("/team/", {"email": "new@example.com", "role": "viewer"})
    assert (answer.status_code, "Studio North is closed" in answer.content.decode()) == (422, True)
