"""Originals that stay closed until a reviewer has approved them: closed on every way, and then open at once."""

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Crew
from tests.journeys.steps import lightbox, shown
from tests.servers.chromium import OpenPage
from tests.supervisor.studio import Studio


@pytest.fixture
def gallery(studio: Studio, koi_crew: Crew, page: Page) -> Page:
    """Koi that wait for a reviewer, before the designer who made them."""
    studio.query(f"UPDATE generations_team SET sealed = TRUE WHERE name = '{koi_crew.designer.team}'")  # noqa: S608
    return koi_crew.designer.enter(page, "/gallery/")


def two(page: Page) -> list[str]:
    """The numbers of the first two of them."""
    return [str(one.get_attribute("id"))[2:] for one in page.locator("#wall .tile").all()[:2]]


def open_large(page: Page) -> None:
    page.locator("#wall .tile a").first.click()
    expect(lightbox(page)).to_be_visible()
    shown(page.locator("[data-large]"))


def pick_both(page: Page) -> None:
    for number in (0, 1):
        page.locator("#wall .tile").nth(number).hover()
        page.locator("#wall .pick").nth(number).click()


def test_an_original_opens_when_it_is_approved(gallery: Page, koi_crew: Crew, open_page: OpenPage):
    first, second = two(gallery)
    for end in ("original", "download/", "download/?format=png"):
        assert gallery.request.get(f"/images/{first}/{end}").status == 403
    open_large(gallery)
    expect(lightbox(gallery)).to_contain_text("The original opens when it is approved")
    for _time in range(5):
        gallery.keyboard.press("+")
    gallery.keyboard.press("o")
    expect(gallery.locator("[data-large]")).to_have_attribute("src", f"/images/{first}/1280.webp")
    gallery.keyboard.press("Escape")

    reviewer = koi_crew.reviewer.enter(open_page(), "/gallery/")
    open_large(reviewer)
    reviewer.keyboard.press("a")
    expect(reviewer.locator("#about .decision")).to_contain_text("Approved")
    reviewer.keyboard.press("Escape")
    expect(reviewer.locator(f"#i-{first} .badge.approved")).to_be_visible()
    expect(reviewer.locator(f"#i-{second} .badge.asked")).to_be_visible()

    gallery.reload()
    open_large(gallery)
    with gallery.expect_download() as download:
        gallery.keyboard.press("d")
    content = Path(download.value.path()).read_bytes()
    assert sha256(content).hexdigest() in str(lightbox(gallery).text_content())


def test_a_zip_leaves_out_what_is_closed_and_says_so_before(gallery: Page, koi_crew: Crew, open_page: OpenPage):
    first, second = two(gallery)
    reviewer = koi_crew.reviewer.enter(open_page(), f"/images/{second}/?in=gallery")
    reviewer.keyboard.press("r")
    expect(reviewer.locator("#large-reject textarea")).to_be_focused()
    reviewer.keyboard.type("The water is not clear")
    reviewer.keyboard.press("Control+Enter")
    expect(reviewer.locator("#about .decision")).to_contain_text("“The water is not clear”")
    reviewer.keyboard.press("ArrowLeft")
    expect(reviewer.locator("[data-large]")).to_have_attribute("src", f"/images/{first}/1280.webp")
    reviewer.keyboard.press("a")
    expect(reviewer.locator("#about .decision")).to_contain_text("Approved")

    gallery.reload()
    pick_both(gallery)
    gallery.get_by_role("button", name="Download ZIP").click()
    expect(gallery.get_by_text("1 of 2 is not approved yet and stays here.")).to_be_visible()
    with gallery.expect_download() as download:
        gallery.get_by_role("button", name="Download the other one").click()
    names = ZipFile(download.value.path()).namelist()
    assert [first[:8] in name for name in names] == [True, False]
    assert names[1] == "not-approved.txt"
