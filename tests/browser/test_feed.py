import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from generations.models import Attempt, Charge, EngineChoice, Generation, Outcome, Status, Team, User
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.sound import LOOKS, faults, in_both_languages, seen, sideways, speak
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db(transaction=True)

ART = Path(__file__).parents[2] / "static" / "art" / "tea-1.webp"
SHIFTS = """() => {
  window.jumped = [];
  const note = ({ node }) => node?.closest?.(".strip") && window.jumped.push(node.outerHTML);
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((one) => one.sources.forEach(note)));
  watch.observe({ type: "layout-shift" });
}"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def with_pictures(page: Page) -> Page:
    """Whatever their address: here it is about what stands around them."""
    page.route("**/images/**/*.webp", lambda route: route.fulfill(path=ART))
    return page


@pytest.fixture
def page(page: Page) -> Page:
    return with_pictures(page)


def card(page: Page, generation: Generation) -> Locator:
    return page.locator(f"#card-{generation.uid}")


def doubtful(user: User, team: Team) -> Generation:
    one = made(user, team, Status.UNKNOWN, held=140_000)
    Attempt.objects.filter(generation=one).update(outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN, sent_at=timezone.now())
    return one


def look(page: Page) -> int:
    """What the feed is answered when it looks."""
    with page.expect_response("**/feed/**") as answer:
        page.evaluate("document.dispatchEvent(new Event('feed:changed'))")
    return answer.value.status


def test_results_appear_by_themselves_and_nothing_jumps(page: Page, designer: User, team: Team):
    one, below = made(designer, team, Status.WAITING, asked(images=2)), made(designer, team)
    pictured(below)
    sign_in(page, designer)
    page.evaluate(SHIFTS)
    before = card(page, one).bounding_box()
    one.move(Status.COLLECTING, timezone.now())
    pictured(one, 2)
    one.move(Status.DONE)
    expect(card(page, one).get_by_role("link", name="Image 2 of 2")).to_be_visible()
    expect(card(page, one)).to_contain_text("Done")
    assert card(page, one).bounding_box() == before
    assert page.evaluate("window.jumped") == []


def test_a_new_request_comes_on_top(page: Page, designer: User, team: Team):
    sign_in(page, designer)
    expect(page.locator("#cards + *")).to_be_visible()
    one = made(designer, team, Status.QUEUED)
    assert look(page) == 200
    expect(page.locator("#cards > :first-child")).to_have_id(f"card-{one.uid}")
    expect(page.locator("#cards + *")).to_be_hidden()


def test_an_unchanged_feed_is_answered_without_a_word(page: Page, designer: User, team: Team):
    made(designer, team, Status.WAITING)
    sign_in(page, designer)
    assert [look(page), look(page)] == [304, 304]


def test_it_looks_while_something_runs_and_rests_when_nothing_does(open_page: OpenPage, designer: User, team: Team):
    page = open_page(own=True)
    page.clock.install()
    one = made(designer, team, Status.WAITING)
    sign_in(page, designer)
    with page.expect_request("**/feed/**"):
        page.clock.run_for(2000)
    one.move(Status.FAILED)
    look(page)
    expect(card(page, one)).to_contain_text("Failed")
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url))
    page.clock.run_for(60_000)
    assert look(page) == 304  # its request is the only one: what came before it would stand in the list
    assert len(looks) == 1


def test_a_picture_keeps_its_element_when_its_card_changes(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.COLLECTING, asked(images=2))
    pictured(one)
    sign_in(page, designer)
    page.evaluate("window.first = document.querySelector('#cards img')")
    pictured(one)
    one.move(Status.DONE)
    look(page)
    expect(card(page, one).locator("img")).to_have_count(2)
    assert page.evaluate("window.first.isConnected")


def test_the_title_counts_and_marks_what_ended_unseen(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.WAITING)
    made(designer, team, Status.QUEUED)
    sign_in(page, designer)
    expect(page).to_have_title("(2) Create · Seedbed")
    page.evaluate(HIDE, True)
    one.move(Status.COLLECTING, timezone.now())
    one.move(Status.DONE)
    look(page)
    expect(page).to_have_title("● (1) Create · Seedbed")
    page.evaluate(HIDE, False)
    expect(page).to_have_title("(1) Create · Seedbed")


def test_clocks_tick(page: Page, designer: User, team: Team):
    made(designer, team, Status.WAITING, sent_at=timezone.now() - timedelta(seconds=58))
    sign_in(page, designer)
    expect(page.locator("[data-clock]")).to_have_text(re.compile("^01:"))


def test_a_lost_connection_is_said_and_not_shouted(page: Page, designer: User, team: Team):
    made(designer, team, Status.WAITING)
    sign_in(page, designer)
    page.route("**/feed/**", lambda route: route.fulfill(status=500, body="<p>broken</p>"))
    look(page)
    expect(page.locator("#feed-status")).to_contain_text("No connection. It is tried again.")
    expect(page.locator(".toast.error")).to_have_count(0)
    page.unroute("**/feed/**")
    look(page)
    expect(page.locator("#feed-status")).to_contain_text("1 running")


def test_who_is_signed_out_is_told_and_keeps_the_page(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.WAITING)
    sign_in(page, designer)
    page.context.clear_cookies()
    page.evaluate("document.dispatchEvent(new Event('feed:changed'))")
    expect(page.locator("#feed-status")).to_contain_text("You are signed out.")
    expect(card(page, one)).to_be_visible()


def test_cancelling_changes_the_card(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.QUEUED)
    sign_in(page, designer)
    card(page, one).get_by_role("button", name="Cancel").click()
    expect(card(page, one)).to_contain_text("Cancelled")
    expect(page.get_by_text("Cancelled. Nothing was sent, nothing is charged.")).to_be_visible()


def test_whoever_comes_second_is_told_and_sees_what_is(open_page: OpenPage, designer: User, team: Team):
    page = open_page(own=True)
    page.clock.install()  # so that the feed does not look before the click
    one = made(designer, team, Status.QUEUED)
    sign_in(page, designer)
    one.move(Status.CANCELLED)
    card(page, one).get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("Too late")
    expect(card(page, one)).to_contain_text("Cancelled")


def test_sending_again_takes_a_tick(page: Page, designer: User, team: Team):
    one = doubtful(designer, team)
    sign_in(page, designer)
    card(page, one).get_by_role("button", name="Send again · may be paid twice · $0.14").click()
    question = page.get_by_role("dialog", name="Send again, though it may be paid twice?")
    question.get_by_role("button", name="Send again").click()
    expect(question).to_be_visible()  # the browser asks for the tick
    question.get_by_label("I accept that up to $0.28 may be charged").check()
    question.get_by_role("button", name="Send again").click()
    expect(card(page, one)).to_contain_text("Queued")


def test_the_teams_requests_come_without_losing_what_was_typed(page: Page, designer: User, reviewer: User, team: Team):
    one = made(reviewer, team)
    sign_in(page, designer)
    page.get_by_role("textbox", name="Prompt").fill("half a thought")
    page.get_by_role("link", name="Team", exact=True).click()
    expect(card(page, one)).to_contain_text("Rui Reviewer")
    expect(page.get_by_role("textbox", name="Prompt")).to_have_value("half a thought")


def test_older_requests_come_when_one_gets_there(page: Page, designer: User, team: Team):
    for n in range(30):
        made(designer, team, request=asked(f"Study {n}"))
    sign_in(page, designer)
    expect(page.locator("#cards > .card")).to_have_count(24)
    page.locator(".older").scroll_into_view_if_needed()
    expect(page.locator("#cards > .card")).to_have_count(30)
    expect(page.locator(".older")).to_have_count(0)


def test_what_is_done_with_a_tile_is_done_by_keyboard(page: Page, designer: User, team: Team):
    (image,) = pictured(made(designer, team))
    sign_in(page, designer)
    star = page.locator("#cards").get_by_role("button", name="Star")
    page.locator("#cards .tile > a").focus()
    page.keyboard.press("Tab")
    expect(star).to_be_focused()
    expect(page.locator("#cards .over")).to_have_css("opacity", "1")
    with page.expect_response("**/mark/"):
        page.keyboard.press("Enter")
    assert image.marks.get().starred


def test_the_image_in_the_inspector_stays_marked_when_its_card_changes(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.COLLECTING, asked(images=2))
    (image,) = pictured(one)
    sign_in(page, designer)
    page.locator("#cards .tile > a").click()
    expect(page.locator(f"#inspector [data-inspected='{image.uid}']")).to_be_visible()
    pictured(one)
    one.move(Status.DONE)
    look(page)
    expect(card(page, one)).to_contain_text("Done")
    expect(page.locator("#cards .tile.chosen")).to_have_count(1)


def test_it_works_without_javascript(open_page: OpenPage, designer: User, team: Team):
    one = made(designer, team, Status.QUEUED)
    page = sign_in(open_page(java_script_enabled=False), designer)
    expect(page.get_by_role("link", name="Refresh")).to_be_visible()
    card(page, one).get_by_role("button", name="Cancel").click()
    expect(card(page, one)).to_contain_text("Cancelled")
    expect(page.get_by_text("Cancelled. Nothing was sent, nothing is charged.")).to_be_visible()


def test_a_hostile_prompt_does_nothing(open_page: OpenPage, designer: User, team: Team):
    page = with_pictures(open_page(own=True))
    done: list[str] = []
    page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: "logout" in request.url and done.append(request.url))
    text = "<script>alert(1)</script><img src=x onerror=alert(2)>' hx-get='/account/logout/' hx-trigger='load"
    one = made(designer, team, request=asked(text), trouble={"sentence": "x", "said": text, "next": "ask"})
    pictured(one)
    sign_in(page, designer)
    expect(card(page, one)).to_contain_text("alert(1)")
    assert done == []


@in_both_languages
def test_every_state_is_sound(language: str, page: Page, owner: User, team: Team):
    for status in Status:
        pictured(made(owner, team, status, asked(images=4, ratio="16:9"), held=140_000, stopped_at=timezone.now()), 2, late=True)
    doubtful(owner, team)
    speak(owner, language)
    sign_in(page, owner, "/?whose=team")
    for name in seen(page, LOOKS[language]):
        assert faults(page, "#feed") == [], name  # the composer has its own tests
        assert not sideways(page), name
        assert not page.locator("#feed .scroll").evaluate("one => one.scrollWidth > one.clientWidth"), name


# --- one request, a part of them, and keys ---


def test_a_request_without_pictures_is_read_in_the_inspector(page: Page, designer: User, team: Team):
    one = made(designer, team, Status.REFUSED, asked("A lighthouse with many details, " * 40))
    sign_in(page, designer)
    card(page, one).get_by_role("heading").get_by_role("link").click()
    expect(page.locator("#inspector .prompt")).to_have_text(one.prompt.strip())
    page.locator("#inspector").get_by_role("button", name="Close").click()
    expect(page.locator("#inspector")).to_contain_text("Choose an image in the feed.")
    expect(card(page, one).get_by_role("heading").get_by_role("link")).to_be_focused()


def test_a_state_that_is_chosen_stands_in_the_address_and_keeps_itself_up_to_date(page: Page, designer: User, team: Team):
    made(designer, team)
    sign_in(page, designer)
    page.get_by_label("State").select_option("unknown")
    expect(page.locator("#feed")).to_contain_text("No request is like this")
    assert page.url.endswith("/?whose=mine&status=unknown")
    made(designer, team)
    assert look(page) == 304
    one = doubtful(designer, team)
    assert look(page) == 200
    expect(card(page, one)).to_be_visible()


def test_keys_do_what_their_list_says(page: Page, designer: User, team: Team):
    one = made(designer, team)
    pictured(one)
    sign_in(page, designer)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    card(page, one).locator(".tile > a").focus()
    page.keyboard.press("f")
    expect(card(page, one).locator("button.star")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    card(page, one).locator(".tile > a").focus()
    page.keyboard.press("e")
    page.wait_for_url(f"**/*from={one.uid}*")


def test_a_clock_says_when_it_takes_longer_than_usual(open_page: OpenPage, designer: User, team: Team):
    page = open_page(own=True)
    made(designer, team, Status.WAITING)
    page.clock.install()
    sign_in(page, designer)
    expect(page.locator("[data-usual]")).to_contain_text("of about")
    page.clock.run_for(300_000)
    expect(page.locator("[data-usual]")).to_have_text("longer than usual")


def test_a_price_that_has_risen_is_said_before_a_re_run(page: Page, designer: User, team: Team):
    one = made(designer, team)
    price = EngineChoice.objects.create(account=one.account, engine=one.engine, price=30_000)
    sign_in(page, designer)
    price.price = 200_000
    price.save()
    button = card(page, one).get_by_role("button", name="Re-run")
    card(page, one).hover()
    button.click()
    expect(page.locator(".toast")).to_contain_text("A price has changed: this costs $0.20 now. Nothing was sent.")
    expect(button).to_contain_text("$0.20")
    assert Generation.objects.count() == 1
