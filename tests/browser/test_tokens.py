"""Tokens in real Chromium."""

import pytest
from playwright.sync_api import Page, expect

from generations import tokens
from generations.models import Role, Team, Token, User
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, sound, speak, visit
from tests.made import sandbox
from tests.tokens.given import given

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/account/tokens/"


def make(page: Page) -> str:
    page.goto(PAGE)
    page.get_by_label("Name").fill("Poster script")
    page.get_by_role("button", name="Make the token").click()
    return page.get_by_role("textbox", name="Token").input_value()


def test_its_text_is_copied_and_gone_when_the_page_is_loaded_again(page: Page, designer: User):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = make(sign_in(page, designer))
    page.locator("[data-copy=token]").click()
    expect(page.locator("[data-copy=token]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == text
    page.locator("[data-copy=curl]").click()
    assert f"Bearer {text}" in page.evaluate("navigator.clipboard.readText()")
    page.reload()
    expect(page.get_by_text("This token was made already")).to_be_visible()
    assert text not in page.content()
    assert Token.objects.count() == 1


def test_one_is_made_and_revoked_without_javascript(open_page: OpenPage, designer: User):
    page = sign_in(open_page(java_script_enabled=False), designer)
    text = make(page)
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("does not work any more")).to_be_visible()
    found = tokens.find(text)
    assert found is not None
    assert not found.alive


def test_whoever_thinks_again_revokes_nothing(page: Page, designer: User, team: Team):
    given(designer, team)
    sign_in(page, designer, PAGE)
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert Token.objects.get().alive


@in_both_languages
def test_their_pages_are_sound(language: str, page: Page, owner: User, team: Team):
    sandbox()
    given(owner, team, name="Nightly product pictures " * 2)
    given(owner, team, name="W" * 60, lasts=None)
    tokens.revoke(Token.objects.filter(pk=given(owner, team)[0].pk), owner)
    speak(owner, language)
    assert owner.memberships.get().may(Role.ADMIN)
    let_in(page, owner)
    for path in (PAGE, "/team/tokens/", f"/administration/people/{owner.pk}/"):
        visit(page, [path], LOOKS[language])
        page.locator("[popovertarget^=end-]").first.click()
        sound(page, LOOKS[language])
    page.goto(PAGE)
    page.locator("[name=name]").fill("Poster script")
    page.locator("form .primary").click()
    page.locator("#token").wait_for()
    sound(page, LOOKS[language])
