import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from generations import reviewing, search
from generations.gallery.wall import PAGE
from generations.models import Image, Mark, Role, Team, User, Verdict
from generations.people import add_member
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.sound import LOOKS, in_both_languages, seen, sound, speak, visit
from tests.gallery.stock import filed, hung

pytestmark = pytest.mark.django_db(transaction=True)

SHAPES = [(1, 1), (4, 3), (3, 4), (16, 9), (9, 16), (21, 9), (5, 2), (1, 3), (7, 5), (12, 1), (1, 12)]
SHIFTS = """() => {
  window.shifts = [];
  const watch = new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)));
  watch.observe({ type: "layout-shift", buffered: true });
}"""

FURTHER = """wall => {
  wall.scrollBy(0, 400);
  return !wall.querySelector(".next") && wall.scrollTop + wall.clientHeight >= wall.scrollHeight - 1;
}"""  # and whether that was the end


def hang(user: User, team: Team, count: int, **fields: object) -> list[Image]:
    """All of the same file: what it shows does not matter here."""
    images = hung(user, team, count=count, **fields)
    filed(images[0])
    Image.objects.filter(pk__in=[image.pk for image in images]).update(sha256=images[0].sha256, format="png")
    for number, image in enumerate(images):
        width, height = SHAPES[number % len(SHAPES)]
        Image.objects.filter(pk=image.pk).update(width=width * 200, height=height * 200)
    search.renew([image.pk for image in images])
    return images


@pytest.fixture
def gallery(page: Page, designer: User, team: Team) -> Page:
    hang(designer, team, 12, prompt="A red kite above tea fields")
    sign_in(page, designer, "/gallery/")
    return page


def tile(page: Page, number: int):
    return page.locator("#wall .tile").nth(number)


def selected(page: Page) -> int:
    return page.locator("#wall .pick input:checked").count()


def test_every_tile_has_the_shape_of_its_picture(gallery: Page):
    boxes = [tile(gallery, number).bounding_box() for number in range(12)]
    pairs = zip(Image.objects.order_by("-pk"), boxes, strict=True)
    usual = [
        (image.width / image.height, box["width"] / box["height"]) for image, box in pairs if box["width"] > 56 and box["height"] < 350
    ]
    assert len(usual) >= 8
    for asked, shown in usual:
        assert shown == pytest.approx(asked, rel=0.04)


def test_nothing_jumps_while_pictures_come_and_pages_follow(open_page: OpenPage, designer: User, team: Team):
    page = open_page(own=True)
    for _batch in range(3):
        hang(designer, team, 50)
    page.add_init_script(f"({SHIFTS})()")
    sign_in(page, designer, "/gallery/")
    expect(page.locator("#wall .tile").nth(PAGE - 1)).to_be_attached()
    for _turn in range(400):  # far more than it takes
        if page.locator("#wall").evaluate(FURTHER):
            break
        page.wait_for_timeout(40)
    expect(page.locator("#wall .tile")).to_have_count(150)
    expect(page.locator(".day")).to_have_count(1)
    expect(page.locator(".next")).to_have_count(0)
    assert sum(page.evaluate("window.shifts")) < 0.001


def test_a_menu_filters_and_a_chip_takes_it_back(gallery: Page):
    gallery.get_by_role("button", name="Ratio").click()
    gallery.get_by_role("button", name="16:9", exact=True).click()
    gallery.wait_for_url("**ratio=16%3A9")
    expect(gallery.locator("#wall .tile")).to_have_count(1)
    gallery.get_by_role("link", name="16:9").click()
    expect(gallery.locator("#wall .tile")).to_have_count(12)


def test_pictures_are_chosen_one_by_one_in_a_row_and_by_a_frame(gallery: Page):
    tile(gallery, 1).locator(".pick").click()
    expect(gallery.locator("#chosen")).to_have_text("1 selected")
    tile(gallery, 4).locator(".pick").click(modifiers=["Shift"])
    expect(gallery.locator("#chosen")).to_have_text("4 selected")
    gallery.keyboard.press("Escape")
    expect(gallery.locator(".action-bar")).to_be_hidden()
    start, end = tile(gallery, 0).bounding_box(), tile(gallery, 1).bounding_box()
    gallery.mouse.move(start["x"] + 30, start["y"] + 40)
    gallery.mouse.down()
    gallery.mouse.move(end["x"] + 20, end["y"] + 60, steps=5)
    gallery.mouse.up()
    expect(gallery.locator("#chosen")).to_have_text("2 selected")


def test_while_some_are_chosen_a_click_chooses(gallery: Page):
    tile(gallery, 1).locator(".pick").click()
    tile(gallery, 3).locator("a").click()
    assert selected(gallery) == 2
    expect(gallery.get_by_role("toolbar").get_by_role("button", name="Compare")).to_be_visible()


def test_the_trash_can_be_undone(gallery: Page):
    tile(gallery, 0).locator(".pick").click()
    gallery.get_by_role("toolbar").get_by_role("button", name="Trash").click()
    expect(gallery.locator("#wall .tile")).to_have_count(11)
    gallery.get_by_role("button", name="Undo").click()
    expect(gallery.locator("#wall .tile")).to_have_count(12)


def test_the_menu_of_a_picture_is_about_that_one(gallery: Page):
    kept, gone = (tile(gallery, number).get_attribute("id") for number in (1, 4))
    tile(gallery, 1).locator(".pick").click()
    tile(gallery, 4).hover()
    tile(gallery, 4).get_by_role("button", name="More").click()
    gallery.get_by_role("button", name="Move to the trash").click()
    expect(gallery.locator("#wall .tile")).to_have_count(11)
    expect(gallery.locator(f"#{kept}")).to_be_visible()
    expect(gallery.locator(f"#{gone}")).to_have_count(0)


def test_by_keys_one_after_the_other_is_culled(gallery: Page):
    after = tile(gallery, 4).get_attribute("id")
    tile(gallery, 2).locator("a").focus()
    for left in (11, 10):
        gallery.keyboard.press("Delete")
        expect(gallery.locator("#wall .tile")).to_have_count(left)
    expect(gallery.locator(f"#{after} > a")).to_be_focused()


def test_without_a_connection_nothing_is_drawn_and_the_choice_stays(gallery: Page):
    gallery.route("**/gallery/star/", lambda route: route.abort())
    tile(gallery, 1).locator(".pick").click()
    gallery.keyboard.press("f")
    expect(gallery.get_by_role("alert")).to_have_text("The studio did not answer. Nothing was changed.")
    assert selected(gallery) == 1
    expect(gallery.locator("#wall .badge.starred")).to_have_count(0)


def test_the_bar_for_two_chosen_fits(open_page: OpenPage, designer: User, team: Team):
    hang(designer, team, 3)
    page = sign_in(open_page(820, has_touch=True), designer, "/gallery/")
    for number in (0, 1):
        tile(page, number).locator(".pick").click()
    for name in seen(page, [(820, "light"), (390, "light")]):
        bar, width = page.get_by_role("toolbar").bounding_box(), page.viewport_size["width"]
        assert bar["x"] >= 0, name
        assert bar["x"] + bar["width"] <= width, name
        assert page.evaluate("document.documentElement.scrollWidth") == width, name


def test_a_day_without_pictures_loses_its_heading(gallery: Page):
    tile(gallery, 0).hover()
    gallery.keyboard.press("x")
    tile(gallery, 11).locator(".pick").click(modifiers=["Shift"])
    gallery.keyboard.press("Delete")
    expect(gallery.locator(".day")).to_have_count(0)


def test_they_go_into_a_new_collection(gallery: Page):
    tile(gallery, 0).locator(".pick").click()
    gallery.get_by_role("toolbar").get_by_role("button", name="Collect").click()
    gallery.get_by_label("New collection").fill("Tea")
    gallery.keyboard.press("Enter")
    expect(gallery.get_by_role("status").filter(has_text="Tea")).to_have_text("1 image added to “Tea”.")
    expect(gallery.locator(".action-bar")).to_be_hidden()


def test_everything_of_a_filter_is_chosen_with_its_figure(page: Page, designer: User, team: Team):
    hang(designer, team, PAGE + 10)
    sign_in(page, designer, "/gallery/")
    tile(page, 0).locator(".pick").click()
    page.get_by_role("button", name="All of this filter").click()
    expect(page.locator("#chosen")).to_have_text(f"{PAGE + 10} selected")
    page.get_by_role("toolbar").get_by_role("button", name="Star").click()
    expect(page.get_by_role("status").filter(has_text="starred")).to_have_text(f"{PAGE + 10} images starred.")
    assert Mark.objects.filter(starred=True).count() == PAGE + 10


def test_a_zip_comes_without_leaving_the_page(gallery: Page):
    tile(gallery, 0).locator(".pick").click()
    with gallery.expect_download() as download:
        gallery.get_by_role("button", name="Download ZIP").click()
    assert download.value.suggested_filename.endswith(", 1 image.zip")
    assert selected(gallery) == 1


def test_the_keyboard_is_enough(gallery: Page):
    gallery.keyboard.press("ArrowRight")
    gallery.keyboard.press("ArrowRight")
    expect(tile(gallery, 1).locator("> a")).to_be_focused()
    gallery.keyboard.press("ArrowDown")
    gallery.keyboard.press("ArrowUp")
    gallery.keyboard.press("x")
    assert selected(gallery) == 1
    gallery.keyboard.press("Escape")
    with gallery.expect_response("**/mark/"):
        gallery.keyboard.press("f")
    expect(gallery.locator(".badge.starred")).to_have_count(1)
    gallery.keyboard.press("?")
    expect(gallery.get_by_role("dialog", name="Keys")).to_be_visible()
    gallery.keyboard.press("Escape")
    gallery.keyboard.press("/")
    expect(gallery.get_by_role("searchbox")).to_be_focused()
    gallery.keyboard.type("xf?")
    expect(gallery.get_by_role("searchbox")).to_have_value("xf?")


def test_ones_own_rating_stands_on_the_picture(gallery: Page):
    badge = tile(gallery, 1).locator(".badge.rated [data-n]")
    tile(gallery, 1).locator("> a").focus()
    with gallery.expect_response("**/mark/"):
        gallery.keyboard.press("4")
    expect(badge).to_have_text("4")
    gallery.reload()
    expect(badge).to_have_text("4")
    tile(gallery, 1).locator("> a").focus()
    gallery.keyboard.press("4")
    expect(badge).to_have_count(0)


def test_in_the_trash_keys_that_are_not_listed_do_nothing(gallery: Page):
    Image.objects.update(trashed_at=timezone.now())
    search.renew(list(Image.objects.values_list("pk", flat=True)))
    gallery.goto("/gallery/trash/")
    tile(gallery, 1).locator("> a").focus()
    for key in ("f", "3", "c", "e", "Delete"):
        gallery.keyboard.press(key)
    assert selected(gallery) == 0
    assert not Mark.objects.exists()


def test_space_opens_the_picture(gallery: Page):
    gallery.keyboard.press("ArrowRight")
    gallery.keyboard.press("Space")
    gallery.wait_for_url("**/images/**")
    gallery.keyboard.press("Escape")
    gallery.wait_for_url("**/gallery/")


def test_four_actions_stand_on_the_picture_under_the_pointer(gallery: Page):
    tile(gallery, 2).hover()
    expect(tile(gallery, 2).locator(".over").get_by_role("button")).to_have_count(4)
    tile(gallery, 2).get_by_role("button", name="More").click()
    expect(gallery.get_by_role("link", name="Reuse everything")).to_be_visible()


def test_the_size_of_the_tiles_is_remembered(gallery: Page):
    before = tile(gallery, 0).bounding_box()["height"]
    gallery.get_by_label("Tile size").fill("288")
    gallery.wait_for_function("document.cookie.includes('row=288')")
    gallery.reload()
    assert tile(gallery, 0).bounding_box()["height"] > before


def test_a_viewer_is_offered_only_what_they_may_do(page: Page, designer: User, viewer: User, team: Team):
    hang(designer, team, 3)
    sign_in(page, viewer, "/gallery/")
    tile(page, 0).locator(".pick").click()
    bar = page.get_by_role("toolbar")
    expect(bar.get_by_role("button", name="Download ZIP")).to_be_visible()
    expect(bar.get_by_role("button", name="Trash")).to_have_count(0)
    expect(bar.get_by_role("button", name="Collect")).to_have_count(0)


def test_without_a_script_boxes_and_buttons_do_it(open_page: OpenPage, designer: User, team: Team):
    hang(designer, team, PAGE + 5)
    page = sign_in(open_page(java_script_enabled=False), designer, "/gallery/")
    page.get_by_role("link", name="Older pictures").click()
    expect(page.locator("#wall .tile")).to_have_count(5)
    tile(page, 0).hover()
    tile(page, 0).locator(".pick").click()
    page.get_by_role("button", name="Trash").click()
    expect(page.locator("#wall .tile")).to_have_count(4)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#wall .tile")).to_have_count(5)
    tile(page, 0).hover()
    tile(page, 0).locator(".pick").click()
    page.get_by_role("button", name="Collect").click()
    page.get_by_label("New collection").fill("Tea")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("status").filter(has_text="Tea")).to_be_visible()


@in_both_languages
def test_the_page_is_sound(language: str, page: Page, designer: User, other_team: Team, team: Team):
    add_member(designer, other_team, Role.VIEWER)
    images = hang(designer, team, 12)
    Mark.objects.create(user=designer, image=images[0], starred=True)
    speak(designer, language)
    sign_in(page, designer, "/gallery/")
    tile(page, 1).locator(".pick").click(force=True)
    sound(page, LOOKS[language])
    visit(page, ["/gallery/?q=kite&ratio=1:1&starred=1", "/gallery/trash/"], LOOKS[language])


def test_the_menu_of_a_picture_offers_only_an_original_that_is_open(page: Page, designer: User, reviewer: User, team: Team):
    Team.objects.update(sealed=True)
    approved, closed = hang(designer, team, 2)
    reviewing.decide(approved, Verdict.APPROVED, "", reviewer, 0)
    sign_in(page, designer, "/gallery/")
    for image, offered in ((closed, False), (approved, True)):
        page.locator(f"#i-{image.uid}").hover()
        page.locator(f"#i-{image.uid} [data-more]").click()
        expect(page.locator("#more-menu").get_by_text("Download the original")).to_be_visible(visible=offered)
        page.keyboard.press("Escape")
