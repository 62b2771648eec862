"""Every page, in a real browser: nothing inline, no fault that axe calls serious, no sideways scrolling."""

from collections.abc import Callable

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, expect

from generations.models import Dialect, ProviderAccount, User
from tests.browser.conftest import let_in
from tests.browser.sound import DAY_AND_NIGHT, LOOKS, in_both_languages, sound, speak, visit
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

DESK = [(1440, "light")]
DOORS = ["/account/login/", "/account/password/reset/", "/account/signup/", "/set-up/used/", "/no-such-place/"]
PLACES = ["/", "/gallery/", "/collections/", "/review/", "/usage/", "/team/", "/administration/", "/administration/accounts/new/"]
ACCOUNT = ["", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "sessions/", "logout/", "3rdparty/"]


def test_doors_are_sound(page: Page):
    visit(page, DOORS, DAY_AND_NIGHT)


@in_both_languages
def test_places_are_sound(language: str, page: Page, owner: User):
    account = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    speak(owner, language)
    let_in(page, owner)
    visit(page, [*PLACES, f"/administration/accounts/{account.pk}/"], LOOKS[language])


def test_pages_of_the_account_are_sound(page: Page, designer: User):
    let_in(page, designer)
    visit(page, [f"/account/{path}" for path in ACCOUNT], DESK)


def test_pages_of_lost_passwords_are_sound(page: Page, designer: User):
    key = f"{user_pk_to_url_str(designer)}-{EmailAwarePasswordResetTokenGenerator().make_token(designer)}"
    visit(page, [f"/account/password/reset/{path}" for path in ("done/", "key/done/", "key/1-x/", f"key/{key}/")], DESK)
    expect(page.get_by_label("New Password", exact=False).first).to_be_visible()
    visit(page, ["/account/inactive/"], DESK)


def test_pages_of_the_second_factor_are_sound(page: Page, designer: User):
    let_in(page, designer)
    TOTP.activate(designer, generate_totp_secret())
    RecoveryCodes.activate(designer)
    visit(page, [f"/account/2fa/{path}" for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/")], DESK)


def test_the_question_for_a_code_is_sound(page: Page, designer: User):
    TOTP.activate(designer, generate_totp_secret())
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(designer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/account/2fa/authenticate/")
    sound(page, [(1440, "dark"), (390, "light")])
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)  # they have none


def strange(designer: User) -> HttpResponse:
    return Client().get("/", headers={"host": "evil.example"})


def broken(designer: User) -> HttpResponse:
    client = Client(raise_request_exception=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generations.account.entry.Invitation", None)
        return client.get("/set-up/x/")


def stale(designer: User) -> HttpResponse:
    client = Client(enforce_csrf_checks=True)
    client.force_login(designer)
    return client.post("/team/", {"text": "what took five minutes to write"})


def signed_out(designer: User) -> HttpResponse:
    return Client().post("/generate/", {"prompt": "what took five minutes to write"})


@pytest.mark.parametrize(("answer", "status"), [(strange, 400), (broken, 500), (stale, 403), (signed_out, 401)])
def test_pages_about_what_went_wrong_are_sound(answer: Callable[[User], HttpResponse], status: int, page: Page, designer: User):
    found = answer(designer)
    headers = {"Content-Type": "text/html", "Content-Security-Policy": found["Content-Security-Policy"]}
    page.route("**/went-wrong/", lambda route: route.fulfill(status=status, headers=headers, body=found.content))
    assert found.status_code == status
    visit(page, ["/went-wrong/"], [(1440, "light"), (390, "light")])


def test_the_raw_records_break_no_policy(page: Page, owner: User):
    let_in(page, owner)
    for path in ["", "generations/user/", "generations/user/add/", f"generations/user/{owner.pk}/change/", "generations/team/add/"]:
        page.goto(f"/django-admin/{path}")
