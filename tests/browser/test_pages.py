"""Every page, in a real browser: nothing inline, no fault that axe calls serious, no sideways scrolling."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generations.models import Dialect, ProviderAccount, User
from tests.browser.conftest import OpenPage, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
DOORS = ["/account/login/", "/account/password/reset/", "/account/signup/", "/set-up/used/", "/no-such-place/"]
PLACES = ["/", "/gallery/", "/collections/", "/review/", "/usage/", "/team/", "/administration/", "/administration/accounts/new/"]
ACCOUNT = ["", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "sessions/", "logout/", "3rdparty/"]


def faults(page: Page) -> list[str]:
    # through the debugger, which the page's own policy does not bind
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
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


def test_the_raw_records_break_no_policy(page: Page, owner: User):
    sign_in(page, owner)
    for path in ["", "generations/user/", "generations/user/add/", f"generations/user/{owner.pk}/change/", "generations/team/add/"]:
        page.goto(f"/django-admin/{path}")
