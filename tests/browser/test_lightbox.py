import re

import pytest
from playwright.sync_api import Page, expect

from generations import commenting, reviewing, search
from generations.models import Generation, Image, Mark, Team, User, Verdict
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, Look, in_both_languages, seen, sound, speak, visit
from tests.filed import filed
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db(transaction=True)

KITE = "A red kite above terraced tea fields"


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    """Four of one request and three of its re-run, newest first as the gallery has them."""
    first = made(designer, team, request=asked(images=4), price=35_000, charged=140_000)
    second = made(designer, team, request=asked(f"{KITE}, dusk", images=3), parent=first)
    for generation, count in [(first, 4), (second, 3)]:
        for image in pictured(generation, count):
            filed(image, size=(1600, 900))
        search.index(generation)
    return list(Image.objects.order_by("-pk"))


def tile(page: Page, image: Image):
    return page.locator(f'#wall a[href^="/images/{image.uid}/"]')


def large(page: Page):
    return page.locator("[data-large]")


def is_shown(page: Page, image: Image) -> None:
    expect(large(page)).to_have_attribute("src", re.compile(f"/images/{image.uid}/"))


def open_from_gallery(page: Page, designer: User, image: Image) -> Page:
    sign_in(page, designer, "/gallery/")
    tile(page, image).click()
    is_shown(page, image)
    return page


def test_it_opens_over_the_gallery_and_escape_brings_one_back(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[2])
    expect(page).to_have_url(re.compile(f"/images/{images[2].uid}/\\?in=gallery$"))
    expect(page).to_have_title(re.compile(f"^{KITE}, dusk"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/gallery/$"))
    expect(page).to_have_title(re.compile("^Gallery"))
    expect(large(page)).to_have_count(0)
    expect(tile(page, images[2])).to_be_focused()


def test_arrows_walk_the_gallery_and_back_closes(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[1])
    for place in (2, 3, 4):  # across the border between two requests
        page.keyboard.press("ArrowRight")
        is_shown(page, images[place])
    page.keyboard.press("ArrowLeft")
    is_shown(page, images[3])
    page.go_back()
    expect(page).to_have_url(re.compile("/gallery/$"))
    expect(tile(page, images[3])).to_be_focused()


def test_a_page_of_its_own_has_the_same_keys(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer, f"/images/{images[1].uid}/")
    page.keyboard.press("ArrowLeft")
    is_shown(page, images[2])
    expect(page).to_have_url(re.compile(f"/images/{images[2].uid}/$"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/gallery/$"))


def test_star_and_rating_show_at_once_and_are_kept(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    with page.expect_response("**/mark/"):
        page.keyboard.press("f")
        expect(page.locator("button.star")).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/mark/"):
        page.keyboard.press("4")
    mark = Mark.objects.get(user=designer, image=images[0])
    assert (mark.starred, mark.rating) == (True, 4)
    page.keyboard.press("Escape")
    expect(page.locator(f"#i-{images[0].uid} .badge.starred")).to_be_visible()


def test_a_star_that_could_not_be_kept_goes_back(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    Image.objects.filter(pk=images[0].pk).update(status="lost")
    page.locator("button.star").click()
    expect(page.get_by_role("alert")).to_contain_text("There is nothing here any more.")
    expect(page.locator("button.star")).to_have_attribute("aria-pressed", "false")


def test_without_a_connection_it_is_said_and_goes_back(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    page.context.set_offline(True)
    page.locator("button.star").click()
    expect(page.get_by_role("alert")).to_have_text("The studio did not answer. Nothing was changed.")
    expect(page.locator("button.star")).to_have_attribute("aria-pressed", "false")


def test_what_goes_to_the_trash_makes_room_for_the_next_one(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[4])
    for place in (5, 6):
        page.keyboard.press("Delete")
        is_shown(page, images[place])
    page.get_by_role("button", name="Move to the trash").click()
    is_shown(page, images[3])
    page.keyboard.press("Escape")
    expect(page.locator("#wall .tile")).to_have_count(4)
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator("#wall .tile")).to_have_count(5)


def test_the_last_one_on_a_page_of_its_own_leads_back(page: Page, designer: User, images: list[Image]):
    Image.objects.exclude(pk=images[0].pk).delete()
    sign_in(page, designer, f"/images/{images[0].uid}/")
    page.keyboard.press("Delete")
    page.wait_for_url("**/gallery/")
    assert Image.objects.get().trashed_at


def test_beside_the_feed_it_leaves_its_card(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer)
    page.locator(f'.card a[href^="/images/{images[1].uid}/"]').click()
    page.locator("#inspector").get_by_role("button", name="Move to the trash").click()
    expect(page.locator(".card .tile").get_by_text("in the trash")).to_have_count(1)
    expect(page.locator("[data-inspected]")).to_have_count(0)


def test_the_list_of_keys_is_brought_into_sight(open_page: OpenPage, designer: User, images: list[Image]):
    page = sign_in(open_page(1024), designer, f"/images/{images[0].uid}/")
    page.keyboard.press("?")
    expect(page.get_by_text("Del to the trash")).to_be_in_viewport()


def test_every_rerun_that_was_meant_is_one_request(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    key = page.locator("form[data-rerun] [name=key]").first
    for _time in (1, 2):
        before = key.input_value()
        page.keyboard.press("Shift+E")
        expect(key).not_to_have_value(before)
    assert Generation.objects.filter(parent=images[0].generation_id).count() == 2


def test_the_original_comes_when_one_looks_closer_than_the_copy_can_bear(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    expect(large(page)).to_have_attribute("src", re.compile("/1280.webp$"))
    for _time in range(3):
        page.keyboard.press("+")
    expect(large(page)).to_have_attribute("src", f"/images/{images[0].uid}/original")
    expect(page.locator("[data-zoom-word]")).not_to_contain_text("Fit")
    page.keyboard.press("0")
    expect(page.locator("[data-zoom-word]")).to_contain_text("Fit")


def test_a_double_click_and_the_wheel_zoom_about_the_pointer(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    at = large(page).bounding_box()
    page.mouse.move(at["x"] + 100, at["y"] + 100)
    page.mouse.dblclick(at["x"] + 100, at["y"] + 100)
    assert large(page).bounding_box()["width"] > at["width"] * 1.5
    page.mouse.wheel(0, 2000)
    assert large(page).bounding_box()["width"] == pytest.approx(at["width"], rel=0.01)


def test_the_keyboard_stays_in_the_window(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    for _press in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[data-lightbox-host]') !== null")


def test_what_is_typed_in_the_window_is_no_command(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    page.get_by_role("link", name="Add to a collection").click()
    page.get_by_label("A new one").fill("Half")
    page.get_by_label("A new one").press("f")
    expect(page.locator("button.star")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Make and add").click()
    expect(page.get_by_role("link", name="Halff")).to_be_visible()
    assert [one.name for one in images[0].collections.all()] == ["Halff"]


def test_the_studio_shows_an_image_beside_and_then_large(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer)
    link = page.locator(f'.card a[href="/images/{images[5].uid}/?in=feed"]')
    link.click()
    inspector = page.locator("#inspector")
    expect(inspector.get_by_role("heading", name="Image 2 of 4")).to_be_visible()
    expect(page).to_have_url(re.compile("/$"))
    link.click()
    is_shown(page, images[5])
    page.keyboard.press("Escape")
    inspector.get_by_role("button", name="Close").click()
    expect(inspector.locator("[data-inspected]")).to_have_count(0)


def test_where_there_is_no_column_the_inspector_is_a_drawer(open_page: OpenPage, designer: User, images: list[Image]):
    page = sign_in(open_page(1024), designer)
    inspector = page.locator("#inspector")
    expect(inspector).to_be_hidden()
    page.locator(f'.card a[href="/images/{images[5].uid}/?in=feed"]').click()
    expect(inspector.get_by_role("heading", name="Image 2 of 4")).to_be_visible()
    page.keyboard.press("Escape")
    expect(inspector).to_be_hidden()


def test_a_phone_has_the_information_as_a_sheet(open_page: OpenPage, designer: User, images: list[Image]):
    page = sign_in(open_page(390, has_touch=True), designer, "/gallery/")
    tile(page, images[0]).tap()
    is_shown(page, images[0])
    about = page.get_by_role("complementary", name="About this image")
    expect(about).to_be_hidden()
    page.get_by_role("button", name="Information").tap()
    expect(about).to_contain_text(KITE)


def slider(page: Page) -> float:
    return float(page.get_by_role("slider").input_value())


def test_two_are_compared_by_hand_and_by_keys(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer, f"/images/{images[0].uid}/")
    page.get_by_role("link", name="Compare with parent").first.click()
    expect(page.get_by_role("heading", name="What differs")).to_be_visible()
    expect(page.locator("ins")).to_have_text(", dusk")
    page.wait_for_load_state("networkidle")
    assert slider(page) == 50
    page.keyboard.press("ArrowRight")
    assert slider(page) == 52
    at = page.locator("[data-versus]").bounding_box()
    page.mouse.move(at["x"] + at["width"] * 0.52, at["y"] + 50)
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] * 0.2, at["y"] + 50)
    page.mouse.up()
    assert slider(page) == pytest.approx(20, abs=1)
    page.keyboard.press("c")
    page.wait_for_url(re.compile(f"a={images[0].uid}"))
    page.keyboard.press("m")
    page.wait_for_url(re.compile("view=side"))


def test_side_by_side_both_are_enlarged_together(page: Page, designer: User, images: list[Image]):
    sign_in(page, designer, f"/compare/?a={images[0].uid}&b={images[4].uid}&view=side")
    page.keyboard.press("+")
    boxes = [box.evaluate("box => getComputedStyle(box).transform") for box in large(page).all()]
    assert len(boxes) == 2
    assert boxes[0] == boxes[1] != "none"


def test_it_works_without_javascript(open_page: OpenPage, designer: User, images: list[Image]):
    page = sign_in(open_page(java_script_enabled=False), designer, "/gallery/")
    tile(page, images[1]).click()
    expect(page.get_by_role("heading", name="Asked and delivered")).to_be_visible()
    page.get_by_role("button", name="Star").click()
    assert Mark.objects.get(image=images[1]).starred
    expect(page).to_have_url(re.compile(f"/images/{images[1].uid}/"))
    page.get_by_role("link", name="Next image").click()
    is_shown(page, images[2])
    page.get_by_role("link", name="Close").click()
    expect(page).to_have_url(re.compile("/gallery/"))


def test_a_reviewer_decides_there_and_the_tile_follows(page: Page, reviewer: User, images: list[Image]):
    open_from_gallery(page, reviewer, images[0])
    page.keyboard.press("a")
    expect(page.locator("#about .decision")).to_contain_text("Approved")
    expect(page.locator(f"#i-{images[0].uid} .badge.approved")).to_be_attached()
    page.get_by_role("button", name="Take the decision back").click()
    expect(page.locator(f"#i-{images[0].uid} .badge.asked")).to_be_attached()
    assert [one.verdict for one in images[0].decisions.order_by("number")] == ["approved", "undone"]


def test_a_rejection_without_a_reason_is_not_sent_away(page: Page, reviewer: User, images: list[Image]):
    open_from_gallery(page, reviewer, images[0])
    page.keyboard.press("r")
    expect(page.locator("#large-reject textarea")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say why it is rejected.")
    page.keyboard.type("Too dark, and the star is far")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#about .decision")).to_contain_text("“Too dark, and the star is far”")
    expect(page.locator("#large-reject")).to_be_hidden()
    expect(page.locator("button.star")).to_have_attribute("aria-pressed", "false")


def test_something_is_said_there_and_its_keys_are_letters(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    page.get_by_label("Comment", exact=True).fill("More ")
    page.keyboard.type("far light")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#about .comment")).to_contain_text("More far light")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator("#about .comment")).to_contain_text("Resolved by Dana Designer")
    page.get_by_label("Comment", exact=True).press("Escape")
    is_shown(page, images[0])


def test_what_is_asked_for_beside_it_waits_at_once(page: Page, designer: User, images: list[Image]):
    open_from_gallery(page, designer, images[0])
    page.get_by_role("button", name="Ask for review").click()
    expect(page.locator("#about .judged")).to_contain_text("In review")
    expect(page.get_by_role("button", name="Ask for review")).to_have_count(0)
    expect(page.locator(f"#i-{images[0].uid} .badge.asked")).to_be_attached()


def test_what_was_said_of_it_is_sound(page: Page, designer: User, reviewer: User, images: list[Image]):
    Team.objects.update(sealed=True)
    reviewing.decide(images[0], Verdict.REJECTED, "Too dark", reviewer, 0)
    commenting.say(images[0], "More light", by=reviewer)
    for user in (designer, reviewer):
        page.set_viewport_size({"width": 1440, "height": 900})
        sign_in(page, user, f"/images/{images[0].uid}/?in=gallery")
        sound(page, [(1440, "light")])
        informed(page, (390, "dark"))


def informed(page: Page, look: Look) -> None:
    """What is about the image lies over a narrow one, when it is asked for."""
    for _name in seen(page, [look]):
        if look[0] < 1024:
            page.locator("[data-info]").click()
        sound(page, [look])


@in_both_languages
def test_every_view_of_it_is_sound(language: str, page: Page, designer: User, images: list[Image]):
    speak(designer, language)
    let_in(page, designer)
    two = f"/compare/?a={images[0].uid}&b={images[6].uid}"
    generation = Generation.objects.get(pk=images[0].generation_id)
    paths = [f"/images/{images[0].uid}/?in=gallery", two, f"{two}&view=side", f"/generations/{generation.uid}/variations/"]
    visit(page, paths, LOOKS[language])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/gallery/")
    tile(page, images[0]).click()
    is_shown(page, images[0])
    for look in LOOKS[language]:
        informed(page, look)
