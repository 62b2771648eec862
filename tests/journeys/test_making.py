"""From a prompt to a picture, and to the next one."""

from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import Person, ask, card, lightbox, pictures, prompt, settled, shown, write
from tests.supervisor.studio import Studio


def kite(page: Page) -> Locator:
    """The card of a request that is not the usual one."""
    page.locator("#field-ratio label", has_text="16:9").click()
    return ask(page, "A red kite above terraced tea fields")


def test_a_prompt_becomes_a_picture_that_can_be_taken_home(page: Page, designer: Person):
    designer.enter(page)
    page.evaluate("window.stayed = true")
    page.locator("#field-ratio label", has_text="16:9").click()
    write(page, "A red kite above terraced tea fields")
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

    page.get_by_role("link", name="Gallery", exact=True).click()
    page.locator("#wall .tile > a").click()
    expect(lightbox(page)).to_contain_text("A red kite above terraced tea fields")
    with page.expect_download() as download:
        lightbox(page).locator("[data-download]").click()
    original = Path(download.value.path()).read_bytes()
    expect(lightbox(page).locator("[id^=sha-]")).to_have_text(sha256(original).hexdigest())


def test_a_rerun_is_compared_with_the_request_it_repeats_and_a_remix_begins_with_all_of_it(page: Page, designer: Person):
    designer.enter(page)
    page.get_by_role("button", name="One more").click()
    pictures(kite(page), 2)
    page.locator(".card").get_by_role("button", name="Re-run").click()
    expect(page.locator(".card")).to_have_count(2)
    write(page, "Something else altogether")
    page.locator(".card").last.get_by_role("link", name="Reuse", exact=True).first.click()
    expect(page.locator(".engine-note")).to_contain_text("Filled from the request of")
    expect(prompt(page)).to_have_value("A red kite above terraced tea fields")
    expect(page.get_by_label("16:9")).to_be_checked()
    expect(page.get_by_label("Images", exact=True)).to_have_value("2")
    write(page, "A blue kite")
    page.locator("#go").click()
    inspector = page.locator("#inspector")
    pictures(card(page, "A blue kite"), 2).first.click()
    expect(inspector.get_by_role("heading", name="Lineage")).to_be_visible()

    pictures(page.locator(".card").nth(1), 2).first.click()
    inspector.get_by_role("link", name="Compare with parent").first.click()
    expect(page.get_by_role("heading", name="What differs")).to_be_visible()
    expect(page.locator(".stage img")).to_have_count(2)


def test_a_double_click_is_paid_once(page: Page, designer: Person, studio: Studio):
    designer.enter(page)
    write(page, "A red kite")
    page.locator("#go").dblclick(delay=20)
    pictures(card(page, "A red kite"))
    settled(page)
    expect(page.locator(".card")).to_have_count(1)
    calls = f"""SELECT count(*) FROM generations_attempt a JOIN generations_generation g ON g.id = a.generation_id
        JOIN generations_user u ON u.id = g.user_id WHERE u.email = '{designer.email}'"""  # noqa: S608
    assert studio.query(calls) == 1


def test_a_closed_tab_keeps_the_draft(page: Page, designer: Person):
    designer.enter(page)
    page.locator("#field-ratio label", has_text="3:4").click()
    write(page, "Half a thought")
    other = page.context.new_page()
    page.close()
    other.goto("/")
    expect(prompt(other)).to_have_value("Half a thought")
    expect(other.get_by_label("3:4")).to_be_checked()
