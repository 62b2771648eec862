from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from generations.models import Invitation, Role, User
from tests.account.provider import openid_provider
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


def test_a_newcomer_opens_the_studio_and_invites_somebody(page: Page, open_page: OpenPage):
    page.goto(f"/set-up/{Invitation.write(None, '', Role.ADMIN, None, timedelta(minutes=30))[1]}/")
    for label, text in {"Team name": "Northlight", "Your name": "Mei Lin", "E-mail": "mei@example.com", "Password": PASSWORD}.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Open the studio").click()
    expect(page.get_by_role("heading", name="Welcome, Mei Lin")).to_be_visible()
    page.get_by_role("link", name="Bring the team in").click()
    page.get_by_label("E-mail").fill("noor@example.com")
    page.get_by_role("button", name="Write an invitation").click()
    joined = open_page()
    joined.goto(page.get_by_label("Invitation link").input_value())
    joined.get_by_label("Your name").fill("Noor")
    joined.get_by_label("Password").fill(PASSWORD)
    joined.get_by_role("button", name="Join the team").click()
    expect(joined.get_by_role("heading", name="Welcome, Noor")).to_be_visible()


def test_a_wrong_password_is_said_beside_the_field(page: Page, designer: User):
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(designer.email)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("E-mail or password is wrong.")


def test_a_passkey_signs_in_without_a_password(open_page: OpenPage, designer: User):
    page = open_page(own=True)  # one with a wallet in it
    wallet = page.context.new_cdp_session(page)
    wallet.send("WebAuthn.enable")
    wallet.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(page, designer, "/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)  # what changes the ways in asks once more
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Add").click()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Welcome, Dana Designer")).to_be_visible()


def test_a_passkey_that_does_not_come_is_said(page: Page, designer: User):
    let_in(page, designer)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="Add")).to_be_enabled()
    page.evaluate("() => { navigator.credentials.create = async () => { throw new DOMException('', 'NotAllowedError') } }")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey came")


def test_an_address_of_figures_says_where_passkeys_work(page: Page, designer: User):
    page.goto("/account/login/")
    port = urlsplit(page.url).port
    page.goto(f"http://127.0.0.1:{port}/account/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_label("E-mail").fill(designer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto(f"http://127.0.0.1:{port}/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="Add")).to_be_disabled()
    better = page.get_by_role("link", name=f"Open http://localhost:{port}")
    expect(better).to_have_attribute("href", f"http://localhost:{port}/account/2fa/webauthn/add/")


def test_the_operators_provider_signs_in(page: Page, designer: User, settings):
    with openid_provider({"sub": "d", "email": designer.email, "email_verified": True}) as issuer:
        app = {"provider_id": "oidc", "name": "Acme", "client_id": "studio", "secret": "s", "settings": {"server_url": issuer}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.OIDC_ISSUER = issuer
        page.goto("/account/login/")
        page.get_by_role("button", name="Use your Acme account").click()
        expect(page.get_by_role("heading", name="Welcome, Dana Designer")).to_be_visible()
