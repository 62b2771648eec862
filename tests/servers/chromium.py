"""Real Chromium. A page that breaks the policy, throws, or misses a file fails its test, whatever the test was about."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
BRIEF = "--js-flags=--no-maglev,--no-opt"  # no page lives long enough to earn back what its scripts' optimizing takes
PATIENCE = 30_000  # milliseconds: a machine that does much else is slow, and nothing here is about time
expect.set_options(timeout=PATIENCE)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread; the ORM is called from it, one at a time
OpenPage = Callable[..., Page]
Kept = dict[str, Page]
heard: list[str] = []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests of a process: Playwright allows no second. Windows of one visitor share a process, which is cheaper."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, BRIEF, "--process-per-site"])
        yield browser
        browser.close()


@contextmanager
def windows(browser: Browser, address: str, kept: Kept | None = None) -> Iterator[OpenPage]:
    """Opens windows of visitors; options are those of Playwright's new_context.

    What is kept goes to the next visitor, emptied: its process, its cache and its read scripts are most of what a window costs.
    A window of one's `own` is not: its clock may be set, somebody may listen at it.
    """
    heard.clear()
    opened: list[tuple[str, Page]] = []

    def build(width: int = 1440, color_scheme: str = "light", own: bool = False, **options: object) -> Page:
        kind = "" if own or kept is None else f"{address} {sorted(options.items())}"
        page = (kept or {}).pop(kind, None) or fresh(browser, address, **options)
        opened.append((kind, page))
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion="reduce")
        return page

    yield build
    for kind, page in opened:
        if kept is None or not kind or kind in kept or page.is_closed():
            page.context.close()
        else:
            kept[kind] = empty(page)
    assert not heard, heard


def fresh(browser: Browser, address: str, **options: object) -> Page:
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(PATIENCE)
    context.on("page", watch)
    return context.new_page()


def empty(page: Page) -> Page:
    """As if nobody had been here."""
    for other in page.context.pages:
        if other != page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    page.context.set_offline(False)
    page.goto("/healthz")  # nothing asks any more, and the process stays
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    page.context.clear_permissions()
    page.mouse.move(0, 0)
    page.mouse.up()
    return page


def watch(page: Page) -> None:
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda line: "Content Security Policy" in line.text and heard.append(line.text))
    page.on("response", lambda answer: "/static/" in answer.url and answer.status >= 400 and heard.append(answer.url))
