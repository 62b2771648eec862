from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from generations.models import Invitation, Role, Team, User
from tests.account.provider import openid_provider

pytestmark = pytest.mark.django_db

NOOR = {"sub": "noor-1", "email": "noor@example.com", "email_verified": True, "name": "Noor Haddad"}


def come_back(settings, claims: dict[str, object]) -> Client:
    """From the button, over the provider, to wherever the studio then leads."""
    client = Client()
    with openid_provider(claims) as issuer:
        app = {"provider_id": "oidc", "name": "Acme", "client_id": "studio", "secret": "s", "settings": {"server_url": issuer}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        there = urlsplit(client.post("/account/oidc/oidc/login/")["Location"])
        state = parse_qs(there.query)["state"][0]
        client.get("/account/oidc/oidc/login/callback/", {"code": "c", "state": state})
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_invited_person_comes_in_by_their_own_provider(settings, team: Team):
    Invitation.write(team, "noor@example.com", Role.REVIEWER, None, timedelta(days=1))
    assert signed_in(come_back(settings, NOOR))
    user = User.objects.get(email="noor@example.com")
    assert (user.name, user.memberships.get().role) == ("Noor Haddad", Role.REVIEWER)
    assert not Invitation.objects.open().exists()


def test_somebody_uninvited_stays_outside(settings, team: Team):
    assert not signed_in(come_back(settings, NOOR))
    assert not User.objects.exists()


def test_an_unproved_address_stays_outside(settings, team: Team):
    Invitation.write(team, "noor@example.com", Role.REVIEWER, None, timedelta(days=1))
    assert not signed_in(come_back(settings, NOOR | {"email_verified": False}))
    assert not User.objects.exists()


def test_a_known_person_signs_in_to_the_same_account(settings, designer: User):
    assert signed_in(come_back(settings, {"sub": "d", "email": "Dana@example.com", "email_verified": True}))
    assert User.objects.count() == 1


def test_an_unproved_address_does_not_open_an_account(settings, designer: User):
    assert not signed_in(come_back(settings, {"sub": "d", "email": designer.email, "email_verified": False}))


def test_the_page_offers_the_provider_by_name(settings):
    app = {"provider_id": "oidc", "name": "Acme", "client_id": "studio", "secret": "s", "settings": {"server_url": "http://x"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "Use your Acme account" in Client().get("/account/login/").content.decode()
