"""A real studio: web server, workers and sandbox under `manage.py up`, once for the journeys of a process. Each journey has a team of
its own in it, so that none sees what another did."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.steps import EMPTY, KOI, PATIENCE, Person
from tests.servers.chromium import Kept, OpenPage, windows
from tests.supervisor.studio import Studio, a_database

expect.set_options(timeout=PATIENCE)  # a busy machine is no reason to fail
SPEED = "40"  # times as fast as the providers that the sandbox plays
Keys = dict[str, str]
empty, with_koi = iter(range(EMPTY)), iter(range(EMPTY, EMPTY + KOI))  # numbers of teams


class Crew(NamedTuple):
    designer: Person
    reviewer: Person
    admin: Person


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.stack)


def tables(base: Path, studio: Studio) -> None:
    """Those that this run has made already: to go through all migrations takes longer than all the rest."""
    file = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "tables.sqlite"
    if file.exists():
        shutil.copy(file, studio.folder / "studio.sqlite3")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Studio, Keys]]:
    with a_database() as database:
        studio = Studio(tmp_path_factory.mktemp("studio"), database, STUDIO_SANDBOX_SPEED=SPEED)
        tables(tmp_path_factory.getbasetemp(), studio)
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


def crew_of(founded: tuple[Studio, Keys], number: int) -> Crew:
    studio, keys = founded
    emails = [f"{role}{number}@example.com" for role in ("designer", "reviewer", "admin")]
    return Crew(*(Person(email, keys[email], studio.address, f"Studio {number}") for email in emails))


@pytest.fixture
def crew(founded: tuple[Studio, Keys]) -> Crew:
    """A team that nobody has used yet."""
    return crew_of(founded, next(empty))


@pytest.fixture
def koi_crew(founded: tuple[Studio, Keys]) -> Crew:
    """A team that has three koi, and nobody has touched them yet."""
    return crew_of(founded, next(with_koi))


@pytest.fixture
def designer(crew: Crew) -> Person:
    return crew.designer


@pytest.fixture
def owner(founded: tuple[Studio, Keys]) -> Person:
    """Administers the site; in a team with a full gallery."""
    studio, keys = founded
    return Person("owner@example.com", keys["owner@example.com"], studio.address)


@pytest.fixture(scope="session")
def kept() -> Kept:
    return {}


@pytest.fixture
def open_page(chromium: Browser, studio: Studio, kept: Kept) -> Iterator[OpenPage]:
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
