"""The studio's pages in real Chromium, served by this very process: a test sees the database that the page sees."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.http import HttpResponseBase
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from generations.models import User
from tests.cast import client_of
from tests.servers.chromium import Kept, OpenPage, windows


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _static() -> Iterator[None]:
    """Fetched once, as from the web server; unless told so, a browser asks again for what has just been written, as all is in a clone."""
    serve = handlers.serve

    def serve_for_good(*words: object, **more: object) -> HttpResponseBase:
        answer = serve(*words, **more)
        answer["Cache-Control"] = "max-age=3600, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "serve", serve_for_good)
        yield


@pytest.fixture(scope="session")
def kept() -> Kept:
    return {}


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, kept: Kept) -> Iterator[OpenPage]:
    with windows(chromium, live_server.url, kept) as build:
        yield build


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def let_in(page: Page, user: User) -> Page:
    """Signed in already, as somebody who has just done so; the way in has tests of its own. No page is open yet."""
    key = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "localhost", "path": "/"}])
    return page


def sign_in(page: Page, user: User, path: str = "/") -> Page:
    let_in(page, user).goto(path)
    return page
