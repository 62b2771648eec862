"""What comes while somebody looks, and what they do with it by key."""

import pytest
from playwright.sync_api import Locator, Page, expect

from generations import reviewing
from generations.models import Image, Review, Team, User
from tests.browser.conftest import sign_in
from tests.browser.sound import faults
from tests.gallery.stock import filed, hung
from tests.made import made, pictured

pytestmark = pytest.mark.django_db(transaction=True)

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # somebody comes back to the page
UNANCHORED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("#wall { overflow-anchor: none !important }");
  document.adoptedStyleSheets.push(sheet);
}"""  # as in browsers that keep nobody's place by themselves
NUMBERS = "[...document.querySelectorAll('#wall .tile')].map((tile) => Number(tile.dataset.number))"


def look(page: Page) -> int:
    """What the gallery is answered when it looks."""
    with page.expect_response("**/gallery/news/**") as answer:
        page.evaluate(LOOK)
    return answer.value.status


def tile(page: Page, image: Image) -> Locator:
    return page.locator(f"#i-{image.uid}")


def pill(page: Page) -> Locator:
    return page.locator("#news a")


def hang(user: User, team: Team, count: int) -> list[Image]:
    images = hung(user, team, count=count)
    filed(images[0])
    Image.objects.filter(pk__in=[one.pk for one in images]).update(sha256=images[0].sha256, format="png")
    return images


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    return hang(designer, team, 3)


# --- what has come ---


def test_what_has_come_is_put_in_its_place_and_the_focus_stays(page: Page, designer: User, team: Team, images: list[Image]):
    sign_in(page, designer, "/gallery/")
    tile(page, images[1]).locator("> a").focus()
    new = hang(designer, team, 2)
    assert look(page) == 200
    expect(pill(page)).to_have_text("2 new images")
    assert look(page) == 304
    pill(page).click()
    expect(page.locator("#wall .tile")).to_have_count(5)
    assert page.evaluate(NUMBERS) == [one.pk for one in reversed([*images, *new])]
    expect(tile(page, images[1]).locator("> a")).to_be_focused()
    expect(page.locator("#news .button:visible")).to_have_count(0)
    assert look(page) == 304


def test_whoever_reads_on_sees_nothing_move(page: Page, designer: User, team: Team):
    hang(designer, team, 60)
    sign_in(page, designer, "/gallery/")
    page.evaluate(UNANCHORED)
    page.locator("#wall").evaluate("wall => wall.scrollTop = 500")
    eye = page.locator("#wall .tile").nth(30)
    uid, before = eye.get_attribute("id"), eye.bounding_box()["y"]
    hang(designer, team, 7)
    look(page)
    eye.locator("> a").evaluate("link => link.focus({ preventScroll: true })")
    pill(page).click()
    expect(page.locator("#wall .tile")).to_have_count(67)
    assert page.locator(f"#{uid}").bounding_box()["y"] == pytest.approx(before, abs=1)
    page.get_by_role("button", name="Back to the newest").click()
    expect(page.locator("#wall .tile > a").first).to_be_focused()
    assert page.locator("#wall").evaluate("wall => wall.scrollTop") == 0


def test_nobody_is_disturbed_who_chooses(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer, "/gallery/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tile(page, images[0]).locator("> a").focus()
    page.keyboard.press("x")
    page.evaluate(LOOK)
    page.keyboard.press("Escape")
    assert look(page) == 304  # its request is the only one: what came before it would stand in the list
    assert len([url for url in asked if "/news/" in url]) == 1


def test_into_an_empty_gallery_it_leads(page: Page, designer: User, team: Team):
    sign_in(page, designer, "/gallery/?whose=mine")
    images = hang(designer, team, 1)
    look(page)
    pill(page).click()
    expect(tile(page, images[0])).to_be_visible()
    assert page.url.endswith("/gallery/?whose=mine")


# --- approved and rejected from among them ---


def test_a_key_decides_and_the_toast_takes_it_back(page: Page, reviewer: User, team: Team, images: list[Image]):
    reviewing.ask(Image.objects.all(), images[0].user, team)
    sign_in(page, reviewer, "/gallery/")
    tile(page, images[0]).locator("> a").focus()
    page.keyboard.press("a")
    expect(tile(page, images[0]).locator(".badge.approved")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(tile(page, images[0]).locator(".badge.asked")).to_be_visible()
    expect(page.locator("#judge")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("a")
    expect(tile(page, images[0]).locator(".badge.approved")).to_have_attribute("data-decision", "3")


def test_the_chosen_are_rejected_with_a_reason_and_what_nobody_asked_about_stays_chosen(
    page: Page, reviewer: User, team: Team, images: list[Image]
):
    reviewing.ask(Image.objects.exclude(pk=images[2].pk), images[0].user, team)
    sign_in(page, reviewer, "/gallery/")
    for image in images:
        tile(page, image).locator(".pick").click()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Why is it rejected?")).to_be_visible()
    assert faults(page, "#rejecting") == []
    page.keyboard.press("2")
    expect(page.locator("#wall .badge.rejected")).to_have_count(2)
    expect(page.locator("#judge")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#chosen")).to_have_text("1 selected")
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_have_text("Nobody has asked for a review.")
    assert list(Image.objects.order_by("pk").values_list("review", flat=True)) == [Review.REJECTED, Review.REJECTED, ""]


def test_whoever_decides_nothing_is_told(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer, "/gallery/")
    tile(page, images[0]).locator("> a").focus()
    page.keyboard.press("r")
    expect(page.get_by_role("alert")).to_have_text("Only reviewers and team administrators approve or reject.")


# --- in the feed ---


def test_in_the_feed_a_picture_goes_and_comes_back(page: Page, designer: User, team: Team):
    first, second = pictured(made(designer, team), 2)
    sign_in(page, designer)
    links = page.locator("#cards .tile > a")
    links.first.focus()
    page.keyboard.press("Delete")
    expect(page.locator("#cards .tile.empty")).to_have_text("in the trash")
    expect(page.locator(f'#cards a[href*="{second.uid}"]')).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f'#cards .tile > a[href*="{first.uid}"]')).to_be_visible()


def test_in_the_feed_two_are_compared(page: Page, designer: User, team: Team):
    one, other = pictured(made(designer, team), 2)
    sign_in(page, designer)
    page.locator("#cards .tile > a").first.focus()
    page.keyboard.press("c")
    expect(page.locator("#cards .tile.paired")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    page.wait_for_url(f"**/compare/?a={one.uid}&b={other.uid}")
