"""Pictures that go in."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import Person, ask, pictures, settled, write
from tests.media.pictures import painting, saved

CARRY = """([name, bytes]) => { const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
    return carried; }"""


def picture(shade: int) -> list[int]:
    return list(saved(painting(400 + shade, 300), "PNG"))


def drop(page: Page, name: str, shade: int) -> None:
    carried = page.evaluate_handle(CARRY, [name, picture(shade)])
    for kind in ("dragover", "drop"):
        page.locator("main").dispatch_event(kind, {"dataTransfer": carried})


def paste(page: Page, name: str, shade: int) -> None:
    event = "carried => document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}))"
    page.evaluate(event, page.evaluate_handle(CARRY, [name, picture(shade)]))


def lane(page: Page, count: int) -> list[str]:
    """What stands in it, by hash."""
    expect(page.locator("[data-face] img")).to_have_count(count)
    return [str(one.get_attribute("data-ref")) for one in page.locator("[data-ref]").all()]


def went_in(page: Page) -> Locator:
    return page.locator("#inspector .went-in img")


def test_dropped_and_pasted_pictures_go_in_in_the_order_they_were_put(page: Page, designer: Person):
    designer.enter(page)
    drop(page, "first.png", 0)
    lane(page, 1)
    drop(page, "second.png", 10)
    lane(page, 2)
    paste(page, "third.png", 20)
    first, second, third = lane(page, 3)
    page.locator("[data-face]").nth(2).press("Alt+ArrowLeft")
    page.locator("[data-face]").nth(1).press("Alt+ArrowLeft")
    assert lane(page, 3) == [third, first, second]
    write(page, "A kite in the manner of these")
    page.get_by_role("button", name="What will be sent").click()
    expect(page.get_by_role("dialog", name="What will be sent")).to_contain_text("3 references, in your order")
    page.keyboard.press("Escape")

    pictures(ask(page, "A kite in the manner of these")).click()
    expect(went_in(page)).to_have_count(3)
    assert [one.get_attribute("src") for one in went_in(page).all()] == [f"/uploads/{sha}.webp" for sha in (third, first, second)]


def test_pictures_are_remembered_and_chosen_again(page: Page, designer: Person):
    designer.enter(page)
    drop(page, "koi.png", 0)
    kept = lane(page, 1)
    settled(page)
    page.reload()
    assert lane(page, 1) == kept
    page.locator("[data-face]").press("Delete")
    lane(page, 0)
    page.get_by_label("Add a reference from the library").click()
    page.get_by_role("dialog").get_by_role("button", name="Use koi.png").click()
    assert lane(page, 1) == kept
