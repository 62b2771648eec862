"""What those who hold keys and people do, and what it means for everybody else."""

import re

from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.conftest import Crew
from tests.journeys.steps import Person
from tests.servers.chromium import OpenPage

DOOR = re.compile("/account/login/")


def test_whoever_is_disabled_is_out_at_the_next_click(open_page: OpenPage, owner: Person, crew: Crew):
    theirs = crew.designer.enter(open_page(), "/gallery/")
    page = owner.enter(open_page(), f"/administration/people/?q={crew.designer.email}")
    page.locator("tbody a").first.click()
    page.get_by_role("button", name="Disable").click()
    page.locator("#id_password").fill(PASSWORD)  # who holds people in their hands says once more who they are
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("cannot sign in any more")).to_be_visible()
    theirs.get_by_role("link", name="Collections").click()
    expect(theirs).to_have_url(DOOR)
    page.get_by_role("button", name="Enable").click()
    theirs.goto("/gallery/")
    expect(theirs).to_have_url(DOOR)


def test_a_paused_account_lets_requests_wait(open_page: OpenPage, owner: Person):
    page = owner.enter(open_page(), "/administration/")
    for state, button in (("Paused", "Pause: requests wait"), ("Working", "Open again")):
        card = page.locator(".account").filter(has=page.get_by_role("heading", name="Sandbox apimart"))
        card.get_by_role("button", name="more").click()
        card.get_by_role("button", name=button).click()
        page.goto("/administration/")
        expect(card).to_contain_text(state)
