"""The queue in a browser: by keyboard, with the mouse, on every width, and with two people at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from generations import reviewing
from generations.models import Comment, Decision, Image, Review, Team, User, Verdict
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import DAY_AND_NIGHT, visit
from tests.browser.test_gallery import hang

pytestmark = pytest.mark.django_db(transaction=True)


def line_up(user: User, team: Team, count: int) -> list[Image]:
    images = hang(user, team, count, prompt="A tea tin on a plinth")
    for image in images:
        reviewing.ask(Image.objects.filter(pk=image.pk), user, team)
    return images


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    return line_up(designer, team, 6)


@pytest.fixture
def queue(page: Page, images: list[Image], reviewer: User) -> Page:
    sign_in(page, reviewer, "/review/")
    return page


def large(page: Page) -> Locator:
    return page.locator("[data-large]")


def shows(page: Page, image: Image) -> None:
    expect(large(page)).to_have_attribute("src", f"/images/{image.uid}/1280.webp")
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")  # while it is, keys are for none


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def review(image: Image) -> str:
    return Image.objects.get(pk=image.pk).review


def test_a_queue_is_decided_by_keyboard(queue: Page, images: list[Image]):
    press(queue, "a")
    shows(queue, images[1])
    press(queue, "r")
    expect(queue.locator("#rejecting")).to_be_visible()
    press(queue, "4")
    shows(queue, images[2])
    press(queue, "n")
    queue.keyboard.type("Crop the left edge")
    press(queue, "Control+Enter")
    shows(queue, images[3])
    assert [review(one) for one in images] == ["approved", "rejected", "change", "waiting", "waiting", "waiting"]
    assert list(Decision.objects.order_by("pk").values_list("note", flat=True)) == ["", "Not our style", "Crop the left edge"]


def test_a_reason_of_ones_own_is_typed_right_away(queue: Page, images: list[Image]):
    press(queue, "r")
    expect(queue.locator("#rejecting")).to_be_visible()
    queue.keyboard.type("Too dark for the tin")
    press(queue, "Control+Enter")
    shows(queue, images[1])
    assert Decision.objects.get().note == "Too dark for the tin"


def test_arrows_go_through_the_queue_and_u_takes_back(queue: Page, images: list[Image]):
    press(queue, "ArrowRight")
    shows(queue, images[1])
    press(queue, "a")
    shows(queue, images[2])
    press(queue, "ArrowLeft")
    shows(queue, images[0])
    press(queue, "u")
    shows(queue, images[1])
    assert review(images[1]) == Review.WAITING
    expect(queue).to_have_url(re.compile(str(images[1].uid)))


def test_a_key_that_is_struck_twice_decides_about_one_image(queue: Page, images: list[Image]):
    queue.evaluate("for (const _twice of 'aa') document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}))")
    shows(queue, images[1])
    expect(queue.locator(".toast")).to_have_count(1)
    assert list(Decision.objects.values_list("image", flat=True)) == [images[0].pk]


def test_the_keys_are_a_list(queue: Page):
    queue.keyboard.press("?")
    expect(queue.get_by_role("dialog", name="Keys")).to_contain_text("Ask for a change")
    queue.keyboard.press("Escape")
    expect(queue.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_toast_takes_back_too(queue: Page, images: list[Image]):
    press(queue, "a")
    queue.locator(".toast").get_by_role("button", name="Take back").click()
    shows(queue, images[0])
    assert review(images[0]) == Review.WAITING


def test_the_count_in_the_rail_follows(queue: Page, images: list[Image]):
    expect(queue.locator("#waiting-rail")).to_contain_text("6")
    press(queue, "a")
    expect(queue.locator("#waiting-rail")).to_contain_text("5")


def test_several_are_chosen_and_decided_at_once(queue: Page, images: list[Image]):
    press(queue, "x")
    queue.locator(".dock .tile").nth(2).hover()
    queue.locator(".dock .pick").nth(2).check()
    expect(queue.locator("[data-approve]")).to_contain_text("Approve 2")
    press(queue, "a")
    expect(queue.locator(".toast").last).to_contain_text("2 images: Approved.")
    assert [review(one) for one in images[:3]] == ["approved", "waiting", "approved"]


def test_a_choice_stays_while_somebody_looks_around_and_says_when_the_large_image_is_not_in_it(queue: Page, images: list[Image]):
    press(queue, "x", "ArrowRight")
    shows(queue, images[1])
    expect(queue.locator("[data-apart]")).to_be_visible()
    expect(queue.locator("[data-approve]")).to_contain_text("Approve 1")
    press(queue, "x")
    expect(queue.locator("[data-apart]")).to_be_hidden()
    press(queue, "ArrowRight")
    shows(queue, images[2])
    press(queue, "a")
    expect(queue.locator(".toast").last).to_contain_text("2 images: Approved.")
    assert [review(one) for one in images[:3]] == ["approved", "approved", "waiting"]
    expect(queue.locator(".pick:checked, [data-kept]")).to_have_count(0)


def test_two_reviewers_at_once_and_the_second_is_told(queue: Page, images: list[Image], open_page: OpenPage, admin: User):
    other = sign_in(open_page(), admin, "/review/")
    press(queue, "a")
    shows(queue, images[1])
    press(other, "a")
    expect(other.locator(".toast.error")).to_contain_text("Already decided by Rui Reviewer at")
    shows(other, images[1])
    assert Decision.objects.count() == 1
    press(other, "a")
    shows(other, images[2])
    expect(other.locator(".toast.error")).to_have_count(0)


def test_the_next_image_is_fetched_before_it_is_asked_for(page: Page, images: list[Image], reviewer: User):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    let_in(page, reviewer)
    with page.expect_request(f"**/images/{images[3].uid}/1280.webp"):
        page.goto("/review/")
    assert all(any(f"{one.uid}/1280.webp" in url for url in asked) for one in images[:4])


def test_a_click_on_the_picture_pins_a_comment(queue: Page, images: list[Image], designer: User):
    large(queue).click(position={"x": 60, "y": 30})
    queue.keyboard.type("The shadow ends in mid air, @dan")
    queue.locator("[data-name]", has_text="Dana Designer").click()
    press(queue, "Control+Enter")
    expect(queue.locator("#pins a")).to_have_count(1)
    expect(queue.locator(".comment")).to_contain_text("on 1,")
    comment = Comment.objects.get()
    assert (comment.text, list(comment.mentions.all())) == ("The shadow ends in mid air, @Dana Designer", [designer])
    box = large(queue).bounding_box()
    assert comment.x == pytest.approx(60 / box["width"] * 1000, abs=2)


def test_a_pin_stays_where_it_is_when_somebody_looks_closer(queue: Page, images: list[Image], reviewer: User):
    Comment.objects.create(image=images[0], user=reviewer, text="Here", x=500, y=500)
    queue.reload()
    before = queue.locator(".pin").bounding_box()
    press(queue, "+", "+")
    expect(queue.locator("[data-stage]")).to_have_attribute("data-near", "")
    after = queue.locator(".pin").bounding_box()
    assert (after["x"], after["y"]) == (pytest.approx(before["x"], abs=2), pytest.approx(before["y"], abs=2))


def test_a_comment_is_resolved_and_opened_again(queue: Page, images: list[Image], reviewer: User):
    Comment.objects.create(image=images[0], user=reviewer, text="Here", x=500, y=500)
    queue.reload()
    queue.get_by_role("button", name="Resolve").click()
    expect(queue.get_by_text("Resolved by Rui Reviewer")).to_be_visible()
    expect(queue.locator("#pins a")).to_have_count(0)
    queue.get_by_role("button", name="Reopen").click()
    expect(queue.locator("#pins a")).to_have_count(1)


def test_without_a_script_everything_that_matters_works(open_page: OpenPage, images: list[Image], reviewer: User):
    page = sign_in(open_page(java_script_enabled=False), reviewer, "/review/")
    page.locator("[data-approve]").click()
    shows(page, images[1])
    page.locator("[data-reject]").click()
    page.get_by_role("button", name="Not our style").click()
    shows(page, images[2])
    page.locator(".saying textarea").fill("Fine")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".comment")).to_contain_text("Fine")
    page.locator("[data-undo]").click()
    shows(page, images[1])
    assert [review(one) for one in images[:2]] == ["approved", "waiting"]


def test_a_filter_is_chosen_in_a_menu(queue: Page, images: list[Image]):
    queue.get_by_role("button", name="Filter").click()
    queue.get_by_label("Came late").check()
    queue.get_by_role("button", name="Show", exact=True).click()
    expect(queue.get_by_role("heading", name="Nothing in this list matches")).to_be_visible()
    queue.get_by_role("link", name="Show all").last.click()
    shows(queue, images[0])


def test_it_fits_every_width_and_anybody_can_use_it(page: Page, images: list[Image], reviewer: User):
    reviewing.decide(images[5], Verdict.REJECTED, "Too dark for the tin", reviewer, 0)
    Comment.objects.create(image=images[0], user=reviewer, text="The shadow ends in mid air", x=600, y=540)
    let_in(page, reviewer)
    visit(page, ["/review/", "/review/?list=decided", "/review/?list=mine"], DAY_AND_NIGHT)


def test_beside_a_narrow_picture_there_is_a_drawer(open_page: OpenPage, images: list[Image], reviewer: User):
    page = sign_in(open_page(1024), reviewer, "/review/")
    expect(page.locator("#about")).not_to_be_visible()
    page.get_by_role("button", name="Information").click()
    expect(page.get_by_role("heading", name="Decisions")).to_be_visible()
