"""References in the composer: by mouse, keys, clipboard and finger, and without any script."""

from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from playwright.sync_api import Page, Route, expect

from generations.compose import drafts
from generations.compose.filled import Filled
from generations.models import Team, Upload, User
from generations.uploading import keep as uploading
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.sound import faults, sideways
from tests.made import ENGINE, sandbox
from tests.media.pictures import painting, png, saved
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db(transaction=True)

CARRY = """(files) => { const carried = new DataTransfer();
    for (const [name, type, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name, {type}));
    return carried; }"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def three(designer: User, team: Team) -> list[str]:
    """In the draft; only their rows are there."""
    hashes = [row(designer, team, name=f"koi-{place}.png").sha256 for place in (1, 2, 3)]
    keep(designer, team, hashes)
    return hashes


def keep(designer: User, team: Team, hashes: list[str]) -> None:
    drafts.keep(
        designer, team, Filled(engine=f"{ENGINE}@{sandbox().pk}", prompt="A red kite", ratio="1:1", tier="2K", references=tuple(hashes))
    )


@pytest.fixture
def composer(page: Page, designer: User) -> Page:
    sandbox()
    return sign_in(page, designer)


@pytest.fixture
def filled(three: list[str], composer: Page) -> Page:
    return composer


def order(page: Page) -> list[str]:
    return list(page.evaluate("[...document.querySelectorAll('[name=references]')].map((field) => field.value)"))


def numbers(page: Page) -> list[str]:
    return page.locator("[data-face] [data-place]").all_inner_texts()


def until(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it did not come to that")


def picture(name: str, shade: int = 0) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": saved(painting(64 + shade, 48), "PNG")}


# --- how they come ---


def test_several_are_picked_at_once_and_stand_in_their_order(composer: Page, designer: User, team: Team):
    composer.get_by_label("Add references").set_input_files([picture("one.png"), picture("two.png", 1), picture("three.png", 2)])
    expect(composer.locator("[data-ref]")).to_have_count(3)
    assert [composer.locator("[data-ref]").nth(place).get_attribute("data-name") for place in range(3)] == [
        "one.png",
        "two.png",
        "three.png",
    ]
    expect(composer.locator("[data-figures]")).to_have_text("refs 3 + images 1 = 4 of 15")
    until(composer, lambda: list(drafts.find(designer, team).references) == order(composer))


def test_files_are_dropped_anywhere(composer: Page):
    carried = composer.evaluate_handle(CARRY, [["koi.png", "image/png", list(png())]])
    composer.locator("main").dispatch_event("dragover", {"dataTransfer": carried})
    expect(composer.locator("[data-lane]")).to_have_class("group references over")
    composer.locator("main").dispatch_event("drop", {"dataTransfer": carried})
    expect(composer.locator("[data-ref]")).to_have_count(1)
    expect(composer.locator("[data-lane]")).to_have_class("group references")


def test_a_picture_is_pasted(composer: Page):
    carried = composer.evaluate_handle(CARRY, [["image.png", "image/png", list(png())]])
    composer.evaluate(
        "(carried) => document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true}))", carried
    )
    expect(composer.locator("[data-ref]")).to_have_count(1)


def test_a_link_that_is_not_allowed_says_why(composer: Page):
    composer.get_by_label("Add a reference from a link").click()
    expect(composer.get_by_label("Link to a picture", exact=True)).to_be_focused()
    composer.keyboard.type("https://127.0.0.1/koi.png")
    composer.keyboard.press("Enter")
    expect(composer.locator("[data-faults]")).to_contain_text("This address is inside the server's network.")
    expect(composer.locator(".ref.coming")).to_have_count(0)


def test_an_upload_shows_its_progress_and_can_be_stopped(composer: Page):
    composer.route("**/uploads/", lambda route: None)  # a server that does not answer
    composer.get_by_label("Add references").set_input_files([picture("koi.png")])
    expect(composer.get_by_role("progressbar", name="Uploading")).to_be_visible()
    composer.get_by_label("Stop this upload").click()
    expect(composer.locator(".ref")).to_have_count(0)
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_not_even_sent(composer: Page):
    sent: list[Route] = []
    composer.route("**/uploads/", lambda route: sent.append(route))
    composer.locator("[data-lane]").evaluate("(lane) => { lane.dataset.cap = 1024 * 1024 }")
    composer.get_by_label("Add references").set_input_files([{**picture("large.png"), "buffer": bytes(1024**2 + 1)}])
    expect(composer.locator("[data-faults]")).to_contain_text("large.png File is 1.1 MB; the limit is 1 MB.")
    assert not sent


def test_what_is_refused_is_said_and_the_rest_comes(composer: Page):
    composer.get_by_label("Add references").set_input_files(
        [{"name": "<b>.png", "mimeType": "image/png", "buffer": b"words"}, picture("koi.png")]
    )
    expect(composer.locator("[data-faults]")).to_contain_text("<b>.png This is not a PNG, JPEG or WEBP image.")
    expect(composer.locator("[data-ref]")).to_have_count(1)
    composer.locator("[data-faults]").get_by_label("Dismiss").click()
    expect(composer.locator("[data-faults] li")).to_have_count(0)


def test_a_line_that_breaks_once_is_nothing_to_speak_of(composer: Page):
    composer.route("**/uploads/", lambda route: route.abort(), times=1)
    composer.get_by_label("Add references").set_input_files([picture("koi.png")])
    expect(composer.locator("[data-ref]")).to_have_count(1)
    expect(composer.locator("[data-faults]")).to_be_empty()


def test_after_a_broken_line_it_is_sent_again(composer: Page):
    composer.route("**/uploads/", lambda route: route.abort(), times=3)
    composer.get_by_label("Add references").set_input_files([picture("koi.png")])
    expect(composer.locator("[data-faults]")).to_contain_text("koi.png The upload broke off. Nothing was kept.")
    composer.get_by_role("button", name="Try again").click()
    expect(composer.locator("[data-ref]")).to_have_count(1)


def test_while_others_are_served_it_waits_and_comes_by_itself(composer: Page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploading, "PLACES", BoundedSemaphore(1))
    with uploading.place(), composer.expect_response("**/uploads/") as answer:
        composer.get_by_label("Add references").set_input_files([picture("koi.png")])
    assert answer.value.status == 503
    expect(composer.locator("[data-ref]")).to_have_count(1)
    expect(composer.locator("[data-faults]")).to_be_empty()


def test_the_same_file_twice_is_one_reference(composer: Page):
    composer.get_by_label("Add references").set_input_files([picture("koi.png"), picture("copy.png")])
    expect(composer.locator("[data-faults]")).to_contain_text("This picture is here already, as reference 1.")
    expect(composer.locator("[data-ref]")).to_have_count(1)


def test_what_arrives_while_the_composer_is_drawn_anew_is_not_lost(filled: Page, three: list[str], designer: User, team: Team):
    other = sandbox("tensorslab/seedream-4.5")
    filled.reload()
    held: list[Route] = []
    filled.route("**/composer/", lambda route: held.append(route), times=1)
    filled.locator("#field-engine").click()
    filled.locator(f"[name=pick][value='tensorslab/seedream-4.5@{other.pk}']").click()
    filled.get_by_label("Add references").set_input_files([picture("late.png")])
    expect(filled.locator("[data-ref]")).to_have_count(4)
    filled.locator("[data-face]").first.press("Delete")
    kept = order(filled)
    held[0].continue_()
    expect(filled.locator("#field-engine")).to_contain_text("Seedream 4.5")
    expect(filled.locator("[data-ref]")).to_have_count(3)
    assert order(filled) == kept
    draft = Filled(engine=f"tensorslab/seedream-4.5@{other.pk}", references=tuple(kept))
    until(filled, lambda: drafts.find(designer, team).with_(prompt="", ratio="", tier="") == draft)


# --- how they are ordered ---


def test_keys_move_and_remove_them(filled: Page, three: list[str]):
    filled.locator("[data-face]").nth(2).press("Alt+ArrowLeft")
    assert order(filled) == [three[0], three[2], three[1]]
    assert numbers(filled) == ["1", "2", "3"]
    expect(filled.locator("[data-news]")).to_have_text("koi-3.png is now reference 2 of 3.")
    expect(filled.locator("[data-face]").nth(1)).to_be_focused()
    filled.keyboard.press("Delete")
    assert order(filled) == [three[0], three[1]]
    expect(filled.locator("[data-face]").nth(1)).to_be_focused()


def drag(page: Page) -> None:
    """The first one to where the last one is. What is being dragged lies over the others, so it is places that are aimed at."""
    boxes = [page.locator("[data-face]").nth(place).bounding_box() for place in (0, 2)]
    first, last = [(box["x"] + 20, box["y"] + 20) for box in boxes if box]
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=8)


def test_the_mouse_drags_them(filled: Page, three: list[str]):
    drag(filled)
    filled.mouse.up()
    assert order(filled) == [three[1], three[2], three[0]]
    expect(filled.locator(".ref-card:popover-open")).to_have_count(0)


def test_escape_puts_it_back(filled: Page, three: list[str]):
    drag(filled)
    filled.keyboard.press("Escape")
    filled.mouse.up()
    assert order(filled) == three


def test_buttons_move_and_remove_them_for_fingers(filled: Page, three: list[str]):
    filled.locator("[data-face]").first.click()
    card = filled.locator(".ref-card:popover-open")
    card.get_by_label("Move later").click()
    assert order(filled) == [three[1], three[0], three[2]]
    card.get_by_role("button", name="Remove").click()
    assert order(filled) == [three[1], three[2]]


def test_the_order_outlives_a_closed_tab(filled: Page, three: list[str], designer: User, team: Team):
    filled.locator("[data-face]").first.press("Alt+ArrowRight")
    until(filled, lambda: list(drafts.find(designer, team).references) == order(filled))
    filled.reload()
    assert order(filled) == [three[1], three[0], three[2]]


# --- mending ---


def test_a_panorama_is_cropped_at_its_place(composer: Page):
    composer.get_by_label("Add references").set_input_files(
        [picture("one.png"), {**picture("wide.png"), "buffer": saved(painting(800, 100), "PNG")}]
    )
    expect(composer.locator("[data-ref]")).to_have_count(2)
    composer.locator(".ref.faulty [data-face]").click()
    card = composer.locator(".ref-card:popover-open")
    expect(card).to_contain_text("Reference 2 is 800x100")
    card.get_by_role("button", name="Right").click()
    card.get_by_role("button", name="Crop").click()
    expect(composer.locator(".ref.faulty")).to_have_count(0)
    expect(composer.locator("[data-ref]")).to_have_count(2)
    assert Upload.objects.latest("pk").width == 300
    assert order(composer)[1] == Upload.objects.latest("pk").sha256


# --- the library ---


def test_the_library_gives_takes_back_and_shares(composer: Page, designer: User, team: Team):
    upload = row(designer, team, name="锦鲤.png")
    row(designer, team, name="kite.png")
    composer.get_by_label("Add a reference from the library").click()
    library = composer.get_by_role("dialog")
    library.get_by_label("Search by name").fill("鲤")
    expect(library.locator("[data-kept]")).to_have_count(1)
    library.get_by_role("button", name="Use 锦鲤.png").click()
    expect(library.get_by_role("button", name="Use 锦鲤.png")).to_have_attribute("aria-pressed", "true")
    assert order(composer) == [upload.sha256]
    library.locator("[data-kept]").hover()
    library.get_by_role("button", name="Share with the team").click()
    expect(library.get_by_role("button", name="Take it out of the team library")).to_be_visible()
    library.get_by_role("button", name="Use 锦鲤.png").click()
    expect(composer.locator("[data-ref]")).to_have_count(0)
    upload.refresh_from_db()
    assert upload.shared


# --- for everybody ---


def test_it_works_without_a_script(open_page: OpenPage, designer: User, team: Team):
    keep(designer, team, [])
    page = sign_in(open_page(java_script_enabled=False), designer)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    page.get_by_label("PNG, JPEG or WEBP").set_input_files([picture("one.png"), picture("two.png", 1)])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-ref]")).to_have_count(2)
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("A red kite")
    page.locator("[data-face]").first.click()
    page.get_by_role("button", name="Move later").click()
    assert page.locator("[data-ref]").first.get_attribute("data-name") == "two.png"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_it_is_sound(width: int, scheme: str, open_page: OpenPage, designer: User, team: Team, three: list[str]):
    wide = row(designer, team, width=4000, height=400)
    keep(designer, team, [*three, wide.sha256])
    page = sign_in(open_page(width, color_scheme=scheme), designer)
    if width < 768:
        page.get_by_role("button", name="Edit").click()
    assert faults(page) == []
    page.locator(".ref.faulty [data-face]").click()
    assert faults(page, ":popover-open") == []
    page.keyboard.press("Escape")
    page.get_by_label("Add a reference from the library").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    assert not sideways(page)
    page.goto("/references/")
    assert faults(page) == []
    assert not sideways(page)
