"""Messages and webhooks in real Chromium."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generations.models import Notice, Status, Team, User
from generations.telling import watch
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, speak, visit
from tests.made import asked, made, pictured
from tests.notices.test_webhooks import sent
from tests.telling.conftest import hooked

pytestmark = pytest.mark.django_db(transaction=True)


def tell_a_lot(user: User, team: Team) -> None:
    watch()
    pictured(made(user, team, request=asked("A lantern in the orchard, at dusk, seen from far away " * 8)), 4)
    made(user, team, Status.FAILED)
    made(user, team, Status.UNKNOWN)
    watch()


def test_following_a_message_marks_it_as_seen(page: Page, designer: User, team: Team):
    watch()
    made(designer, team, Status.FAILED)
    watch()
    sign_in(page, designer)
    expect(page.locator("#unseen-rail")).to_contain_text("1")
    page.get_by_role("link", name="Messages").click()
    with page.expect_response("**/seen/"):
        page.get_by_role("link", name="A red kite").click()
    page.wait_for_url("**/?whose=mine&before=*")
    page.reload()  # it may have been drawn before the other was heard
    expect(page.locator("#unseen-rail")).to_be_hidden()


def test_one_is_marked_as_seen_in_place(page: Page, designer: User, team: Team):
    tell_a_lot(designer, team)
    sign_in(page, designer, "/notices/")
    page.get_by_role("button", name="Mark as seen").first.click()
    expect(page.locator("#unseen-rail")).to_contain_text("2")
    expect(page.get_by_role("button", name="Mark as seen")).to_have_count(2)


def test_all_are_seen_without_javascript(open_page: OpenPage, designer: User, team: Team):
    tell_a_lot(designer, team)
    page = sign_in(open_page(java_script_enabled=False), designer, "/notices/")
    page.get_by_role("button", name="All seen").click()
    expect(page.locator("#unseen-rail")).to_be_hidden()
    assert not Notice.objects.unseen().exists()


def test_a_webhook_is_added_and_deleted(page: Page, admin: User):
    sign_in(page, admin, "/team/webhooks/")
    page.get_by_label("Address").fill("https://hooks.example.com/seedbed")
    page.get_by_role("button", name="Add the webhook").click()
    expect(page.get_by_role("textbox", name="Secret")).to_have_value(re.compile("whsec_"))
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("None yet.")).to_be_visible()


@in_both_languages
def test_they_are_sound(language: str, page: Page, admin: User, team: Team, settings: Any):
    settings.MAIL = True
    tell_a_lot(admin, team)
    hook = hooked(team, "https://hooks.example.com/" + "long" * 40)
    sent(hook, said="500 " + "sorry" * 30, tries=3)
    speak(admin, language)
    let_in(page, admin)
    visit(page, ["/notices/", "/account/", "/team/webhooks/", f"/team/webhooks/{hook.uid}/"], LOOKS[language])
