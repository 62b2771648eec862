"""Keys, money and people are changed only by somebody who said lately who they are."""

from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from generations.connecting import connect
from generations.models import Budget, Dialect, ProviderAccount, Team, User
from generations.web.confirm import FRESH
from tests.administration.test_accounts import GIVEN, KEY
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(owner: User) -> Client:
    """Signed in a while ago."""
    return client_of(owner, ago=FRESH + 1)


def confirm(client: Client, answer: Any) -> Any:
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    return client.post(answer["Location"], {"password": PASSWORD})


def test_money_waits_for_the_password_and_is_changed_after_it(late: Client, team: Team):
    answer = late.post(f"/administration/teams/{team.pk}/budget/", {"soft": "", "hard": "20"})
    assert not Budget.objects.exists()
    confirm(late, answer)
    assert Budget.objects.get().hard == 20_000_000


def test_a_wrong_password_changes_nothing(late: Client, team: Team):
    answer = late.post(f"/administration/teams/{team.pk}/budget/", {"soft": "", "hard": "20"})
    late.post(answer["Location"], {"password": "wrong"})
    assert not Budget.objects.exists()


def test_people_are_changed_after_it(late: Client, designer: User):
    confirm(late, late.post(f"/administration/people/{designer.pk}/disable/"))
    designer.refresh_from_db()
    assert not designer.is_active


def test_once_confirmed_the_next_changes_go_through(late: Client, designer: User, reviewer: User):
    confirm(late, late.post(f"/administration/people/{designer.pk}/disable/"))
    late.post(f"/administration/people/{reviewer.pk}/disable/")
    reviewer.refresh_from_db()
    assert not reviewer.is_active


def test_a_typed_key_is_not_kept_meanwhile_and_everything_else_is(late: Client):
    answer = late.post("/administration/accounts/new/", GIVEN)
    assert not any(KEY in str(session.get_decoded()) for session in Session.objects.all())
    page = confirm(late, answer)
    assert page.status_code == 422
    assert "Type the key once more" in page.content.decode()
    assert 'value="https://api.apimart.ai/v1"' in page.content.decode()
    assert not ProviderAccount.objects.exists()


def test_a_change_without_a_key_goes_through(late: Client):
    account = connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)[0]
    confirm(late, late.post(f"/administration/accounts/{account.pk}/", GIVEN | {"key": "", "in_flight": "7"}))
    account.refresh_from_db()
    assert (account.in_flight, account.read_key()) == (7, KEY)


def test_looking_needs_no_password(late: Client, designer: User, team: Team):
    for path in ("people/", f"people/{designer.pk}/", f"teams/{team.pk}/", "accounts/new/"):
        assert late.get(f"/administration/{path}").status_code == 200


def test_whoever_signs_in_elsewhere_has_nothing_to_be_asked_for(late: Client, owner: User, team: Team):
    User.objects.filter(pk=owner.pk).update(password="!")
    client = client_of(User.objects.get(pk=owner.pk))
    session = client.session
    del session[AUTHENTICATION_METHODS_SESSION_KEY]
    session.save()
    client.post(f"/administration/teams/{team.pk}/budget/", {"soft": "", "hard": "20"})
    assert Budget.objects.exists()


GUARDED = [
    "accounts/new/",
    "accounts/{account}/",
    "teams/{team}/budget/",
    "teams/{team}/add/",
    "members/{member}/",
    "accounts/{account}/engines/",
    "people/",
    "people/{user}/team/",
    *(f"people/{{user}}/{deed}/" for deed in ("promote", "demote", "disable", "enable", "sign-out", "reset-factor")),
]


def test_every_one_of_them_asks(late: Client, designer: User, team: Team):
    account = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    numbers = {"account": account.pk, "team": team.pk, "member": designer.memberships.get().pk, "user": designer.pk}
    for path in GUARDED:
        answer = late.post(f"/administration/{path.format(**numbers)}", {})
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/account/reauthenticate/"), path
