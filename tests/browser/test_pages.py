"""Every page, in a real browser: nothing inline, no fault that axe calls serious, no sideways scrolling."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, expect

from generations.models import Dialect, ProviderAccount, User
from tests.browser.conftest import OpenPage, sign_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
DOORS = ["/account/login/", "/account/password/reset/", "/account/signup/", "/set-up/used/", "/no-such-place/"]
PLACES = ["/", "/gallery/", "/collections/", "/review/", "/usage/", "/team/", "/administration/", "/administration/accounts/new/"]
ACCOUNT = ["", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "sessions/", "logout/", "3rdparty/"]


def faults(page: Page, where: str = ":root") -> list[str]:
    """What lies half under an open menu has that menu's colours for a background, so a menu is looked at alone."""
    # through the debugger, which the page's own policy does not bind
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    found = page.evaluate("where => axe.run(where, {resultTypes: ['violations']})", where)
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {json.dumps([node['html'][:120] for node in one['nodes']])}" for one in serious]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def look(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path)
        assert faults(page) == [], path
        assert not sideways(page), path


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_doors_are_sound(width: int, scheme: str, open_page: OpenPage):
    look(open_page(width, color_scheme=scheme), DOORS)


LOOKS = [(1440, "light", "en"), (1024, "dark", "zh-hans"), (390, "light", "zh-hans"), (390, "dark", "en")]


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_places_are_sound(width: int, scheme: str, language: str, open_page: OpenPage, owner: User):
    account = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    page = sign_in(open_page(width, color_scheme=scheme), owner)
    User.objects.filter(pk=owner.pk).update(language=language)
    look(page, [*PLACES, f"/administration/accounts/{account.pk}/"])


def test_pages_of_the_account_are_sound(page: Page, designer: User):
    sign_in(page, designer)
    look(page, [f"/account/{path}" for path in ACCOUNT])


def test_pages_of_lost_passwords_are_sound(page: Page, designer: User):
    key = f"{user_pk_to_url_str(designer)}-{EmailAwarePasswordResetTokenGenerator().make_token(designer)}"
    look(page, [f"/account/password/reset/{path}" for path in ("done/", "key/done/", "key/1-x/", f"key/{key}/")])
    expect(page.get_by_label("New Password", exact=False).first).to_be_visible()
    look(page, ["/account/inactive/"])


def test_pages_of_the_second_factor_are_sound(page: Page, designer: User):
    sign_in(page, designer)
    TOTP.activate(designer, generate_totp_secret())
    RecoveryCodes.activate(designer)
    look(page, [f"/account/2fa/{path}" for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/")])


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
def test_the_question_for_a_code_is_sound(width: int, scheme: str, open_page: OpenPage, designer: User):
    TOTP.activate(designer, generate_totp_secret())
    page = open_page(width, color_scheme=scheme)
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(designer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/account/2fa/authenticate/")
    assert (faults(page), sideways(page)) == ([], False)
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
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        look(page, ["/went-wrong/"])


def test_the_raw_records_break_no_policy(page: Page, owner: User):
    sign_in(page, owner)
    for path in ["", "generations/user/", "generations/user/add/", f"generations/user/{owner.pk}/change/", "generations/team/add/"]:
        page.goto(f"/django-admin/{path}")
