import re

import pytest
from playwright.sync_api import Locator, Page, expect

from generations import collecting
from generations.models import Collection, Image, Team, User
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, speak, visit
from tests.filed import filed
from tests.made import made, pictured

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def spring(designer: User, team: Team) -> Collection:
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    images = pictured(made(designer, team), 5)
    for image in images:
        filed(image)
    collecting.place(collection.pk, [image.pk for image in images])
    return collection


def order(collection: Collection) -> list[str]:
    placed = collection.placements.order_by("position", "image").select_related("image")
    return [str(one.image.uid) for one in placed]


def tiles(page: Page) -> Locator:
    return page.locator("#placed > .tile")


def stands(page: Page, uids: list[str]) -> None:
    """On the page as in the studio."""
    expect(tiles(page)).to_have_count(len(uids))
    for place, uid in enumerate(uids):
        expect(tiles(page).nth(place)).to_have_id(f"i-{uid}")


def enter(page: Page, designer: User, spring: Collection) -> list[str]:
    sign_in(page, designer, f"/collections/{spring.uid}/")
    return order(spring)


def test_one_is_made_filled_and_seen_in_the_list(page: Page, designer: User, spring: Collection):
    sign_in(page, designer, "/collections/")
    page.get_by_label("New collection").fill("Client round two")
    page.get_by_role("button", name="Make a collection").click()
    expect(page.get_by_role("heading", name="Nothing in it yet")).to_be_visible()
    image = Image.objects.first()
    page.goto(f"/images/{image.uid}/")
    page.get_by_role("link", name="Add to a collection").click()
    page.get_by_role("button", name="Client round two").click()
    expect(page.get_by_role("status")).to_contain_text("1 image added")
    page.goto("/collections/")
    expect(page.get_by_role("link", name="Client round two")).to_contain_text("1 image")


def test_a_picture_is_dragged_to_its_place(page: Page, designer: User, spring: Collection):
    a, b, c, d, e = enter(page, designer, spring)
    start, target = tiles(page).nth(3).bounding_box(), tiles(page).nth(0).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 60, steps=5)
    page.mouse.move(target["x"] + 12, target["y"] + 60, steps=3)
    with page.expect_response("**/move/"):
        page.mouse.up()
    stands(page, [d, a, b, c, e])
    assert order(spring) == [d, a, b, c, e]
    expect(page).to_have_url(re.compile("/collections/"))  # and nothing was opened


def test_keys_move_the_picture_that_has_the_focus(page: Page, designer: User, spring: Collection):
    a, b, c, d, e = enter(page, designer, spring)
    tiles(page).nth(1).locator("a").focus()
    for key in ("Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowLeft"):
        with page.expect_response("**/move/"):
            page.keyboard.press(key)
    stands(page, [a, c, b, d, e])
    assert order(spring) == [a, c, b, d, e]
    expect(tiles(page).nth(2).locator("a")).to_be_focused()


def test_the_bar_makes_one_the_cover_and_takes_others_out(page: Page, designer: User, spring: Collection):
    a, b, c, d, e = enter(page, designer, spring)
    tiles(page).nth(2).hover()
    tiles(page).nth(2).locator(".pick").click()
    with page.expect_response("**/move/"):
        page.get_by_role("button", name="Make it the cover").click()
    assert order(spring) == [c, a, b, d, e]
    page.get_by_role("button", name="Clear the selection").click()
    for place in (1, 3):
        tiles(page).nth(place).hover()
        tiles(page).nth(place).locator(".pick").click()
    page.get_by_role("button", name="Take out").click()
    stands(page, [c, b, e])
    assert order(spring) == [c, b, e]


def test_a_move_that_could_not_be_kept_goes_back(page: Page, designer: User, spring: Collection):
    before = enter(page, designer, spring)
    spring.delete()
    tiles(page).nth(0).locator("a").focus()
    with page.expect_response("**/move/"):
        page.keyboard.press("Alt+ArrowRight")
    stands(page, before)


def test_the_lightbox_walks_the_collection(page: Page, designer: User, spring: Collection):
    uids = enter(page, designer, spring)
    tiles(page).nth(1).locator("a").click()
    expect(page).to_have_url(re.compile(f"{uids[1]}/\\?collection={spring.uid}"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"{uids[2]}/\\?collection={spring.uid}"))
    page.keyboard.press("Escape")
    expect(tiles(page).nth(2).locator("a")).to_be_focused()


def test_it_works_without_javascript(open_page: OpenPage, designer: User, spring: Collection):
    page = sign_in(open_page(java_script_enabled=False), designer, f"/collections/{spring.uid}/")
    tiles(page).nth(0).get_by_role("checkbox").check(force=True)
    page.get_by_role("button", name="Take out").click()
    expect(tiles(page)).to_have_count(4)
    expect(page.get_by_role("status").first).to_contain_text("1 image taken out.")


@in_both_languages
def test_every_view_of_them_is_sound(language: str, page: Page, designer: User, spring: Collection):
    speak(designer, language)
    let_in(page, designer)
    paths = ["/collections/", f"/collections/{spring.uid}/", f"/collections/collect/?image={order(spring)[0]}"]
    visit(page, paths, LOOKS[language])
