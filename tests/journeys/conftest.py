"""A real studio: web server, workers and sandbox under `manage.py up`, once for all journeys, whatever process of the run they are in. Each
has a team of its own in it, so that none sees what another did."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.steps import EMPTY, PATIENCE, Person, team_name
from tests.servers.chromium import Kept, OpenPage, windows
from tests.servers.studio import Joined, joined

expect.set_options(timeout=PATIENCE)  # a busy machine is no reason to fail
SPEED = "40"  # times as fast as the providers that the sandbox plays


class Crew(NamedTuple):
    designer: Person
    reviewer: Person
    admin: Person


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.stack)


@pytest.fixture(scope="session")
def studio(beginning: Path) -> Iterator[Joined]:
    with joined(beginning / "journeys", "tests.journeys.founding", SPEED) as place:
        studio = Joined(place)
        yield studio
        assert "Traceback" not in studio.log, studio.log


def crew_of(studio: Joined, number: int) -> Crew:
    emails = [f"{role}{number}@example.com" for role in ("designer", "reviewer", "admin")]
    return Crew(*(Person(email, studio.founded[email], studio.address, team_name(number)) for email in emails))


@pytest.fixture
def crew(studio: Joined) -> Crew:
    """A team that nobody has used yet."""
    return crew_of(studio, studio.count("empty"))


@pytest.fixture
def koi_crew(studio: Joined) -> Crew:
    """A team that has three koi, and nobody has touched them yet."""
    return crew_of(studio, EMPTY + studio.count("koi"))


@pytest.fixture
def designer(crew: Crew) -> Person:
    return crew.designer


@pytest.fixture
def owner(studio: Joined) -> Person:
    """Administers the site; in a team with a full gallery."""
    return Person("owner@example.com", studio.founded["owner@example.com"], studio.address)


@pytest.fixture(scope="session")
def kept() -> Kept:
    return {}


@pytest.fixture
def open_page(chromium: Browser, studio: Joined, kept: Kept) -> Iterator[OpenPage]:
    broken: list[str] = []
    with windows(chromium, studio.address, kept) as build:

        def watched(*words: object, **options: object) -> Page:
            page = build(*words, **options)
            page.context.set_default_timeout(PATIENCE)
            page.context.on("response", lambda answer: answer.status >= 500 and broken.append(f"{answer.status} {answer.url}"))
            return page

        yield watched
    assert not broken


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()
