import re

import pytest
from django.core import mail
from django.test import Client

from generations.models import Invitation, Role, Team, User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def invite(by: User, email: str = "new@example.com", role: str = "designer"):
    return client_of(by).post("/team/", {"email": email, "role": role})


def test_a_team_administrator_gets_a_link_that_works(admin: User):
    page = invite(admin).content.decode()
    link = re.search(r"http://testserver(/join/[\w-]+/)", page)
    assert link
    assert "Join Studio North" in Client().get(link[1]).content.decode()


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer"])
def test_nobody_else_may_invite(who: str, request: pytest.FixtureRequest):
    assert invite(request.getfixturevalue(who)).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("not an address", "viewer", "valid email"),
        ("", "viewer", "required"),
        ("x@example.com", "emperor", "not one of the available choices"),
        ("ada@example.com", "viewer", "is in Studio North already"),
        ("ADA@example.com", "viewer", "is in Studio North already"),
    ],
)
def test_a_bad_invitation_says_why_and_writes_nothing(email: str, role: str, sentence: str, admin: User):
    answer = invite(admin, email, role)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Invitation.objects.exists()


def test_inviting_again_replaces_the_link(admin: User):
    invite(admin)
    invite(admin, role="viewer")
    assert Invitation.objects.open().get().role == Role.VIEWER


def test_the_letter_goes_out_when_there_is_mail(admin: User, settings):
    settings.MAIL = True
    page = invite(admin).content.decode()
    assert "It was sent by e-mail." in page
    assert mail.outbox[0].to == ["new@example.com"]
    assert "/join/" in str(mail.outbox[0].body)


def test_a_dead_mail_server_leaves_the_link(admin: User, settings):
    settings.MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Send this link yourself" in invite(admin).content.decode()


def test_an_invitation_can_be_withdrawn(admin: User):
    invite(admin)
    client_of(admin).post(f"/team/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert not Invitation.objects.open().exists()


def test_another_teams_invitation_is_not_there(admin: User, stranger: User):
    invite(stranger)
    answer = client_of(admin).post(f"/team/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert answer.status_code == 404
    assert Invitation.objects.open().exists()


def test_withdrawing_is_not_done_by_a_link(admin: User):
    invite(admin)
    assert client_of(admin).get(f"/team/invitations/{Invitation.objects.get().pk}/withdraw/").status_code == 405


def test_only_team_administrators_see_the_open_invitations(admin: User, designer: User):
    invite(admin)
    assert "new@example.com" not in client_of(designer).get("/team/").content.decode()


def test_the_first_letters_stand_for_a_person():
    people = {"Mei Lin": "ML", "陈思远": "陈", "dana": "D", "a.b@example.com": "AB", "Jean-Luc van Dijk": "JD"}
    assert {name: User(name=name).initials for name in people} == people


def test_an_address_for_a_team_is_found_whatever_its_name(db: None):
    Team.objects.create(name="North", slug="north")
    assert [Team.free_slug(name) for name in ("North", "设计部", "  ")] == ["north-2", "team", "team"]
