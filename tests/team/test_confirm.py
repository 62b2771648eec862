"""Who changes people, money or rules of a team, or where its news goes, has said lately who they are."""

import pytest
from django.test import Client

from generations.models import Budget, Invitation, Role, Team, User
from generations.web.confirm import FRESH
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db

GUARDED = {
    "/team/": {"email": "new@example.com", "role": "admin"},
    "/team/members/{member}/role/": {"role": "admin"},
    "/team/members/{member}/remove/": {},
    "/team/budgets/{member}/": {"soft": "", "hard": "5"},
    "/team/policies/": {},
    "/team/webhooks/": {"url": "https://example.com/hook"},
}


@pytest.fixture
def late(admin: User) -> Client:
    """Signed in a while ago."""
    return client_of(admin, ago=FRESH + 1)


@pytest.mark.parametrize("path", GUARDED)
def test_every_one_of_them_asks(path: str, late: Client, designer: User, team: Team):
    answer = late.post(path.format(member=designer.memberships.get().pk), GUARDED[path])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert not Invitation.objects.exists()
    assert designer.memberships.get().role == Role.DESIGNER


@pytest.mark.parametrize("path", ["/team/", "/team/budgets/", "/team/policies/", "/team/webhooks/"])
def test_looking_needs_no_password(path: str, late: Client):
    assert late.get(path).status_code == 200


def test_a_fragment_leads_the_whole_page_there_and_the_change_is_made_afterwards(late: Client, designer: User):
    path = f"/team/budgets/{designer.memberships.get().pk}/"
    answer = late.post(path, {"soft": "", "hard": "5"}, headers={"HX-Request": "true"})
    assert (answer.status_code, Budget.objects.exists()) == (200, False)
    done = late.post(answer["HX-Redirect"], {"password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/team/budgets/")
    assert Budget.objects.get(user=designer).hard == 5_000_000


@pytest.mark.parametrize("who", ["viewer", "designer"])
def test_who_may_not_is_told_so_and_asked_for_nothing(who: str, request: pytest.FixtureRequest):
    client = client_of(request.getfixturevalue(who), ago=FRESH + 1)
    assert client.post("/team/", {"email": "new@example.com", "role": "viewer"}).status_code == 403
