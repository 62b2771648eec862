import pytest
from playwright.sync_api import Page, expect

from generations.models import Dialect, ProviderAccount, Role, Team, User
from generations.people import add_member
from tests.browser.conftest import OpenPage, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def surface(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_theme_changes_at_once_and_stays(page: Page, designer: User):
    sign_in(page, designer)
    light = surface(page)
    page.get_by_role("button", name="Theme").click()
    with page.expect_response("**/account/preferences/"):
        page.locator("#looks").get_by_role("button", name="Dark").click()
    assert surface(page) != light
    page.goto("/gallery/")
    assert surface(page) != light


def test_the_language_changes_the_whole_page(page: Page, designer: User):
    sign_in(page, designer)
    page.get_by_role("button", name="Theme").click()
    page.locator("#looks").get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("link", name="图库", exact=True)).to_be_visible()


def test_a_team_is_switched_from_the_rail(page: Page, designer: User, other_team: Team):
    add_member(designer, other_team, Role.VIEWER)
    sign_in(page, designer)
    page.get_by_role("button", name="Team").click()
    page.get_by_role("button", name="Studio South").click()
    expect(page.locator("#teams [aria-current]")).to_contain_text("Studio South")


def test_a_switch_answers_in_place_with_a_toast(page: Page, owner: User):
    account = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    sign_in(page, owner, f"/administration/accounts/{account.pk}/")
    page.get_by_role("switch", name="Offered").click()
    expect(page.get_by_role("status")).to_have_text("Sandbox Ark is switched off.")
    expect(page.get_by_role("switch", name="Offered")).to_have_attribute("aria-checked", "false")
    account.refresh_from_db()
    assert not account.enabled


def test_a_refusal_leaves_the_page_and_its_text_alone(page: Page, owner: User):
    account = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    sign_in(page, owner, f"/administration/accounts/{account.pk}/")
    account.delete()
    page.get_by_role("switch", name="Offered").click()
    expect(page.get_by_role("alert")).to_contain_text("There is nothing here any more.")
    expect(page.get_by_role("switch", name="Offered")).to_be_visible()


def test_a_toast_can_be_dismissed(page: Page, designer: User):
    sign_in(page, designer, "/account/")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_a_phone_reaches_every_place(open_page: OpenPage, owner: User):
    page = sign_in(open_page(390, has_touch=True), owner)
    page.get_by_role("button", name="More").click()
    for name in ["Collections", "Admin", "Members and invitations", "Account and security", "Sign out"]:
        expect(page.locator("#more").get_by_text(name, exact=True)).to_be_visible()


def test_the_keyboard_reaches_the_page_first(page: Page, designer: User):
    sign_in(page, designer)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()


def test_it_works_without_javascript(open_page: OpenPage, owner: User, team: Team):
    page = sign_in(open_page(java_script_enabled=False), owner, "/team/")
    page.get_by_label("E-mail").fill("new@example.com")
    page.get_by_role("button", name="Write an invitation").click()
    assert "/join/" in page.get_by_label("Invitation link").input_value()
    page.goto("/administration/health/")
    expect(page.get_by_role("heading", name="Health")).to_be_visible()
