"""Pages in the states that only a journey leads to: nothing that axe calls serious, nothing that jumps, nothing that stutters."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sound import faults, sideways
from tests.journeys.steps import MANY, PATIENCE, Person, ask, card, lightbox, pictures, shown
from tests.servers.chromium import OpenPage

# What moved without anybody's doing. Figures at the right edge of a card may: they have become longer or shorter.
SHIFTS = """() => { window.shifts = [];
  const moved = ({node}) => !node?.closest?.("header .right, .live");
  const told = ({node}) => node?.outerHTML?.slice(0, 300) ?? String(node?.textContent);
  new PerformanceObserver((list) => { for (const one of list.getEntries())
    if (!one.hadRecentInput && one.sources.some(moved)) window.shifts.push([one.value, ...one.sources.map(told)]);
  }).observe({type: "layout-shift", buffered: true}); }"""
SLOW_LINE = {"offline": False, "latency": 20, "downloadThroughput": 60_000, "uploadThroughput": 60_000}  # bytes a second
TOP = ["-*", "disabled-by-default-devtools.timeline"]  # its tasks and nothing else: a trace of everything takes longer to read than to make


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """It is listened at, so nobody has it afterwards."""
    return open_page(own=True)


def shifts(page: Page) -> list[Any]:
    """After the next painting, which is when they are told."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    return list(page.evaluate("window.shifts"))


WATCHED, SPARED = 300, 1  # pictures; tasks of a page, the longest of all, for which the machine may be to blame
STUTTER = 9  # times as long as the machine takes for what follows
PACE = """() => { const once = () => { const from = performance.now(); let sum = 0;
    for (let n = 0; n < 300000; n++) sum = Math.imul(sum, 31) + n; return performance.now() - from; };
  return Math.min(...Array.from({length: 21}, once)); }"""
NEARER = "wall => wall.scrollBy(0, wall.querySelector('.next').getBoundingClientRect().top - 1.5 * innerHeight)"  # but not in sight
AHEAD = "() => (document.querySelector('#wall .next')?.getBoundingClientRect().top ?? Infinity) > 2 * innerHeight"


def run_ahead(page: Page) -> None:
    """To where most of them are on the page, which have stayed without a picture: how long what follows takes is looked at, and nowhere
    is there more to do."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setBlockedURLs", {"urls": ["*.webp"]})
    tiles = page.locator("#wall .tile")
    while (count := tiles.count()) < MANY - WATCHED:
        page.locator("#wall").evaluate(NEARER)
        expect(tiles).not_to_have_count(count)
    line.detach()


def to_the_end(page: Page) -> None:
    """As people turn a wheel who are in a hurry, but not faster than a busy machine brings what follows."""
    page.mouse.move(700, 500)
    while page.locator("#wall .next").count():
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(60)
        page.wait_for_function(AHEAD)
    expect(page.locator("#wall .tile")).to_have_count(MANY)
    shown(page.locator("#wall img:not(.hint)").last)


def long(trace: bytes) -> float:
    """Milliseconds of the processor that the longest tasks of a page took, of which there is one for each part that arrives."""
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    pages = {(one["pid"], one["tid"]) for one in events if one.get("name") == "thread_name" and one["args"]["name"] == "CrRendererMain"}
    tasks = sorted(
        one["tdur"] / 1000 for one in events if one.get("name") == "RunTask" and (one["pid"], one["tid"]) in pages and "tdur" in one
    )
    assert len(tasks) > 100
    return float(tasks[-1 - SPARED])


# --- movement ---


def test_nothing_jumps_while_pictures_arrive(page: Page, designer: Person):
    designer.enter(page)
    page.get_by_role("button", name="One more").click()
    for words in ("Koi", "Kites", "Ferns"):
        made = ask(page, f"[drill:takes=120] {words}")
    expect(made.locator(".state")).to_have_text(re.compile("Sending|Waiting"), timeout=PATIENCE)
    page.evaluate(SHIFTS.replace("true", "false"))
    for words in ("Koi", "Kites", "Ferns"):
        pictures(card(page, words), 2)
        expect(card(page, words).locator(".state")).to_have_text("Done", timeout=PATIENCE)
    assert shifts(page) == []


A_LETTER = 0.0005  # so much moves while a machine with much to do looks for the face of a key


def test_nothing_jumps_while_the_gallery_comes_over_a_slow_line(page: Page, owner: Person):
    owner.enter(page, "/gallery/")
    page.add_init_script(f"({SHIFTS})()")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert [shift for shift in shifts(page) if shift[0] > A_LETTER] == []


def test_a_long_gallery_neither_jumps_nor_stutters(page: Page, owner: Person, chromium: Browser):
    page.add_init_script(f"({SHIFTS})()")
    assert any(slowness(page, owner, chromium) < STUTTER for _time in range(3))  # others on the same core make it slower too
    assert shifts(page) == []


def slowness(page: Page, owner: Person, chromium: Browser) -> float:
    owner.enter(page, "/gallery/")
    run_ahead(page)
    chromium.start_tracing(page=page, categories=TOP)
    to_the_end(page)
    return long(chromium.stop_tracing()) / float(page.evaluate(PACE))


# --- axe ---


def test_a_feed_of_failures_and_an_open_composer_are_sound(page: Page, designer: Person):
    designer.enter(page)
    page.get_by_role("button", name="One more").click()
    for drill in ("prompt-refused", "504", "fewer", "result-refused", "expired-link"):
        ask(page, f"[drill:{drill}] Koi in clear water")
    expect(page.locator(".card .note")).to_have_count(5, timeout=PATIENCE)
    page.get_by_text("Advanced").click()
    assert (faults(page), sideways(page)) == ([], False)


def test_a_lightbox_over_the_page_and_a_selection_are_sound(page: Page, owner: Person):
    owner.enter(page, "/gallery/")
    page.locator("#wall .tile > a").first.click()
    expect(lightbox(page).locator("[data-large]")).to_be_visible()
    assert (faults(page), sideways(page)) == ([], False)
    page.keyboard.press("Escape")
    page.locator("#wall .tile").nth(1).hover()
    page.locator("#wall .pick").nth(1).click()
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert (faults(page), sideways(page)) == ([], False)
