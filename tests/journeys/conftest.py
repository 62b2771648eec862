"""A real studio: web server, workers and sandbox under `manage.py up`, once for the journeys of a process. Each journey has a team of
its own in it, so that none sees what another did."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.steps import Person
from tests.servers.chromium import OpenPage, windows
from tests.supervisor.studio import Studio, a_database

SPEED = "40"  # times as fast as the providers that the sandbox plays
Keys = dict[str, str]


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
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Studio, Keys]]:
    with a_database() as database:
        studio = Studio(tmp_path_factory.mktemp("studio"), database, STUDIO_SANDBOX_SPEED=SPEED)
        keys = json.loads(studio.inside("tests.journeys.founding"))
        try:
            studio.up()
            yield studio, keys
        finally:
            studio.end()
        assert not studio.said("Traceback"), "".join(studio.lines)


@pytest.fixture
def studio(founded: tuple[Studio, Keys]) -> Studio:
    return founded[0]


@pytest.fixture(scope="session")
def next_crew(founded: tuple[Studio, Keys]) -> Callable[[], Crew]:
    studio, keys = founded
    numbers = count()

    def take() -> Crew:
        number = next(numbers)
        emails = [f"{role}{number}@example.com" for role in ("designer", "reviewer", "admin")]
        return Crew(*(Person(email, keys[email], studio.address, f"Studio {number}") for email in emails))

    return take


@pytest.fixture
def crew(next_crew: Callable[[], Crew]) -> Crew:
    """A team that nobody has used yet."""
    return next_crew()


@pytest.fixture
def designer(crew: Crew) -> Person:
    return crew.designer


@pytest.fixture
def owner(founded: tuple[Studio, Keys]) -> Person:
    """Administers the site; in a team with a full gallery."""
    studio, keys = founded
    return Person("owner@example.com", keys["owner@example.com"], studio.address)


@pytest.fixture
def open_page(chromium: Browser, studio: Studio) -> Iterator[OpenPage]:
    broken: list[str] = []
    with windows(chromium, studio.address) as build:

        def watched(*words: object, **options: object) -> Page:
            page = build(*words, **options)
            page.context.on("response", lambda answer: answer.status >= 500 and broken.append(f"{answer.status} {answer.url}"))
            return page

        yield watched
    assert not broken


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()
