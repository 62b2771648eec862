"""The same way from prompt to picture: without a mouse, on small screens, and without a script."""

import re
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD
from tests.journeys.steps import PATIENCE, Person, ask, card, lightbox, pictures, prompt, settled, write
from tests.servers.chromium import OpenPage

# What has the focus looks different without it: itself, or the label or tile that stands for it.
RING = """() => { const one = document.activeElement;
  const chain = [one, one.parentElement, one.parentElement?.parentElement].filter(Boolean);
  const drawn = (style) => [style.outlineStyle === "none" || style.outlineWidth, style.boxShadow, style.borderColor];
  const look = () => JSON.stringify(chain.map((part) => [null, "::before", "::after"].map((end) => drawn(getComputedStyle(part, end)))));
  const ring = look();
  one.blur();
  const bare = look();
  one.focus({ focusVisible: true, preventScroll: true });
  return ring !== bare; }"""
WHERE = "() => document.activeElement.outerHTML.slice(0, 200)"


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """And everything on the way shows that it has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate(WHERE)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached: {page.evaluate(WHERE)}")


def test_from_sign_in_to_a_starred_picture_without_a_mouse(open_page: OpenPage, designer: Person):
    page = open_page(reduced_motion="reduce")
    page.goto("/account/login/")
    page.keyboard.type(designer.email)
    tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    tab_to(page, "#field-prompt")
    page.keyboard.type("Snowy pines under a pale winter sun")
    tab_to(page, "[name=ratio]")
    page.keyboard.press("ArrowRight")
    settled(page)
    tab_to(page, "#go")
    page.keyboard.press("Enter")
    pictures(card(page, "Snowy pines"))
    tab_to(page, "#cards .tile > a")
    expect(page.locator("#inspector [data-inspected]")).to_be_visible()  # by itself, a little after the focus
    page.keyboard.press("Enter")
    expect(lightbox(page)).to_be_visible()
    with page.expect_response("**/mark/"):
        page.keyboard.press("f")
    page.keyboard.press("Escape")
    expect(page.locator("#cards .tile > a")).to_be_focused()
    expect(page.locator("#cards").get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")


def swipe(page: Page, across: int) -> None:
    """A finger, as the browser knows it."""
    touch = page.context.new_cdp_session(page)
    x, y = (300 if across < 0 else 90), 300
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 6):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + across * part / 5, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_phone_makes_two_pictures_and_swipes_between_them(open_page: OpenPage, designer: Person):
    page = designer.enter(open_page(390, has_touch=True, is_mobile=True))
    expect(prompt(page)).to_be_hidden()
    page.get_by_role("button", name="Edit").tap()
    page.get_by_role("button", name="One more").tap()
    write(page, "Sand dunes at low sun")
    page.locator("#go").tap()
    expect(prompt(page)).to_be_hidden()
    first, second = (str(link.get_attribute("href")) for link in pictures(card(page, "Sand dunes"), 2).all())
    page.locator(".tile > a").first.tap()
    lightbox(page).get_by_role("link", name="Close").tap()
    expect(lightbox(page)).to_have_count(0)
    page.locator(".tile > a").first.tap()
    expect(page).to_have_url(re.compile(re.escape(first)))
    swipe(page, -200)
    expect(page).to_have_url(re.compile(re.escape(second)))
    swipe(page, 200)
    expect(page).to_have_url(re.compile(re.escape(first)))
    page.go_back()
    expect(lightbox(page)).to_have_count(0)


def test_a_tablet_has_the_inspector_in_a_drawer(open_page: OpenPage, designer: Person):
    page = designer.enter(open_page(1024, has_touch=True))
    drawer = page.locator("#inspector")
    made = pictures(ask(page, "White arches and a flight of stairs"))
    expect(drawer).to_be_hidden()
    made.tap()
    expect(drawer.get_by_role("heading", name="Image 1 of 1")).to_be_visible()
    drawer.get_by_role("button", name="Close").tap()
    expect(drawer).to_be_hidden()


def refreshed(page: Page) -> Locator:
    """The picture of the only card, however often one has to look again."""
    for _look in range(PATIENCE // 500):
        if page.locator(".card .tile > a").count():
            return page.locator(".card .tile > a")
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(500)
    raise AssertionError("It did not come.")


def test_all_of_it_without_a_script(open_page: OpenPage, designer: Person):
    page = designer.sign_in(open_page(java_script_enabled=False))
    prompt(page).fill("A cat asleep at a window")
    page.locator("#field-ratio label", has_text="3:4").click()
    page.get_by_role("button", name="Bring the price up to date").click()
    expect(page.locator(".sum .total")).to_have_text("$0.035")
    page.locator("#go").click()
    expect(page.locator(".card")).to_contain_text("A cat asleep")
    refreshed(page).click()
    with page.expect_download() as download:
        page.locator("[data-download]").click()
    digest = sha256(Path(download.value.path()).read_bytes()).hexdigest()
    expect(page.locator("[id^=sha-]")).to_have_text(digest)

    page.goto("/gallery/")
    for words, count in (("camel", 0), ("window", 1)):
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator("#q")).to_have_value(words)
        expect(page.locator("#wall .tile")).to_have_count(count)
    page.locator("#wall .tile").hover()
    page.locator("#wall .pick").click()
    page.get_by_role("button", name="Trash").click()
    expect(page.locator("#wall .tile")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#wall .tile")).to_have_count(1)
