"""Real Chromium. A page that breaks the policy, throws, or misses a file fails its test, whatever the test was about."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests of a process: Playwright allows no second."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def windows(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens windows of visitors; options are those of Playwright's new_context."""
    faults: list[str] = []
    opened = []

    def build(width: int = 1440, **options: object) -> Page:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        context.on("page", lambda page: watch(page, faults))
        return context.new_page()

    yield build
    for context in opened:
        context.close()
    assert not faults, faults


def watch(page: Page, faults: list[str]) -> None:
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
    page.on("response", lambda answer: "/static/" in answer.url and answer.status >= 400 and faults.append(answer.url))
