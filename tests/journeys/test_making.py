"""From a prompt to a picture."""

import re
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENCE, Person, ask, card, pictures, prompt, settled, shown, write


def test_a_prompt_becomes_a_picture_that_can_be_taken_home(page: Page, designer: Person):
    designer.enter(page)
    page.evaluate("window.stayed = true")
    write(page, "A red kite above terraced tea fields")
    page.locator("#field-ratio label", has_text="16:9").click()
    settled(page)
    expect(page.locator(".sum .total")).to_have_text("$0.035")
    page.get_by_role("button", name="What will be sent").click()
    sent = page.get_by_role("dialog", name="What will be sent")
    expect(sent.get_by_role("row", name="size")).to_contain_text("1280x720")
    page.keyboard.press("Escape")
    prompt(page).press("Control+Enter")
    made = card(page, "A red kite")
    expect(made.locator(".tile")).to_have_count(1)
    shown(pictures(made).locator("img:not(.dim)"))
    expect(made).to_contain_text("$0.035 charged")
    assert page.evaluate("window.stayed")

    page.get_by_role("link", name="Gallery").click()
    page.locator("#wall .tile > a").click()
    about = page.locator("dialog[open]")
    expect(about).to_contain_text("A red kite above terraced tea fields")
    with page.expect_download() as download:
        about.get_by_role("link", name="Download original").click()
    original = Path(download.value.path()).read_bytes()
    expect(about.locator("code").first).to_have_text(sha256(original).hexdigest())
