"""Pictures that are there: compared, packed, thrown away, put together."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Crew
from tests.journeys.steps import Person, ask, pictures


@pytest.fixture
def gallery(page: Page, koi_crew: Crew) -> Page:
    """Three koi."""
    return koi_crew.designer.enter(page, "/gallery/")


def tile(page: Page, number: int) -> Locator:
    return page.locator("#wall .tile").nth(number)


def pick(page: Page, *numbers: int) -> Locator:
    """The bar of what can be done with them."""
    for number in numbers:
        tile(page, number).hover()
        tile(page, number).locator(".pick").click()
    return page.get_by_role("toolbar")


def originals(page: Page) -> set[str]:
    uids = [str(one.get_attribute("id"))[2:] for one in page.locator("#wall .tile").all()]
    return {sha256(page.request.get(f"/images/{uid}/original").body()).hexdigest() for uid in uids}


def test_two_are_compared(gallery: Page):
    pick(gallery, 0, 2).get_by_role("button", name="Compare").click()
    expect(gallery.get_by_role("heading", name="What differs")).to_be_visible()
    expect(gallery.get_by_role("slider")).to_have_value("50")
    gallery.get_by_text("things are the same").click()
    expect(gallery.get_by_role("row", name="Engine")).to_contain_text("Seedream 4.0")


def test_three_go_home_in_one_file(gallery: Page):
    bar = pick(gallery, 0, 1, 2)
    with gallery.expect_download() as download:
        bar.get_by_role("button", name="Download ZIP").click()
    with ZipFile(BytesIO(Path(download.value.path()).read_bytes())) as zip:
        assert zip.testzip() is None
        assert {sha256(zip.read(name)).hexdigest() for name in zip.namelist()} == originals(gallery)
        assert len(zip.namelist()) == 3


def test_what_was_thrown_away_comes_back(gallery: Page):
    pick(gallery, 0, 1).get_by_role("button", name="Trash").click()
    expect(gallery.locator("#wall .tile")).to_have_count(1)
    gallery.get_by_role("button", name="Undo").click()
    expect(gallery.locator("#wall .tile")).to_have_count(3)
    pick(gallery, 1).get_by_role("button", name="Trash").click()
    expect(gallery.locator("#wall .tile")).to_have_count(2)
    gallery.get_by_role("link", name="Trash").click()
    expect(gallery.get_by_role("heading", name="Trash")).to_be_visible()
    pick(gallery, 0).get_by_role("button", name="Restore").click()
    expect(gallery.locator("#wall .tile")).to_have_count(0)
    gallery.goto("/gallery/")
    expect(gallery.locator("#wall .tile")).to_have_count(3)


def test_a_request_puts_its_picture_into_a_collection(page: Page, designer: Person):
    designer.enter(page, "/collections/")
    page.get_by_label("New collection").fill("Spring")
    page.get_by_role("button", name="Make a collection").click()
    expect(page.get_by_role("heading", name="Nothing in it yet")).to_be_visible()
    page.goto("/")
    page.get_by_label("Save to").select_option("Spring")
    pictures(ask(page, "Fern fronds on warm paper"))
    page.goto("/collections/")
    page.get_by_role("link", name="Spring").click()
    expect(page.locator("#placed .tile")).to_have_count(1)
    expect(page.get_by_role("img", name="Fern fronds")).to_be_visible()
