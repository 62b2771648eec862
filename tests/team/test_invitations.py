"""What became of invitations, and a new link for an old one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generations.models import Invitation, Role, Team, User
from generations.team import page
from tests.cast import client_of
from tests.team.pages import text

pytestmark = pytest.mark.django_db


def invitation(team: Team, email: str = "new@example.com", **fields: object) -> Invitation:
    made = Invitation.write(team, email, Role.REVIEWER, None, timedelta(days=7))[0]
    Invitation.objects.filter(pk=made.pk).update(**fields)
    return made


@pytest.mark.parametrize(
    ("fields", "word", "buttons"),
    [
        ({}, "open until", ("New link", "Withdraw")),
        ({"accepted_at": timezone.now()}, "used on", ()),
        ({"withdrawn_at": timezone.now()}, "withdrawn", ("New link",)),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "expired on", ("New link",)),
    ],
)
def test_each_says_how_it_stands_and_what_can_be_done(fields: dict, word: str, buttons: tuple, admin: User, team: Team):
    invitation(team, **fields)
    said = text(client_of(admin).get("/team/")).partition("new@example.com")[2]
    assert word in said
    assert tuple(button for button in ("New link", "Withdraw") if button in said) == buttons


def test_a_new_link_replaces_the_old_one(admin: User, team: Team):
    old = invitation(team)
    shown = text(client_of(admin).post("/team/", {"email": old.email, "role": old.role}))
    assert "The invitation for new@example.com is ready" in shown
    assert Invitation.objects.open().get() != old
    assert Invitation.objects.open().get().role == Role.REVIEWER


def test_old_ones_have_pages(admin: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "INVITED", 2)
    numbers = [invitation(team, f"n{n}@example.com").pk for n in range(5)]
    shown = client_of(admin).get("/team/").content.decode()
    assert ("n4@example.com" in shown, "n2@example.com" in shown, f"?before={numbers[3]}" in shown) == (True, False, True)
    assert "n2@example.com" in client_of(admin).get(f"/team/?before={numbers[3]}").content.decode()


def test_those_of_another_team_are_not_shown(admin: User, other_team: Team):
    invitation(other_team, "theirs@example.com")
    assert "theirs@example.com" not in text(client_of(admin).get("/team/"))
