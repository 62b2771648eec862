import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider, provider
from tests.supervisor.studio import Studio, a_database, free_port

PATIENCE = "7"  # less than by default, so that tests end; enough for a machine that is busy with other tests
Maker = Callable[..., Studio]


@pytest.fixture(scope="session")
def new_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Makes studios, not yet started; in the end nothing of them is left. They share the collected static files, to be quick."""
    static = str(tmp_path_factory.mktemp("shared") / "static")
    with ExitStack() as made:

        def make(**more: str) -> Studio:
            database = made.enter_context(a_database())
            studio = Studio(tmp_path_factory.mktemp("studio"), database, **{"STUDIO_STATIC": static, **more})
            made.callback(studio.end)
            return studio

        yield make


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server") or pytest.skip("redis-server is not installed")
    port = str(free_port())
    server = subprocess.Popen([program, "--port", port, "--dir", str(tmp_path), "--save", ""], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def studio(new_studio: Maker) -> Studio:
    """One that runs, shared by the tests that leave it healthy."""
    running = new_studio()
    running.up("--patience", PATIENCE)
    running.crew()
    return running


# --- with work to do ---


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A provider that outlives the studio, ten times as fast as those it plays."""
    with provider(str(tmp_path_factory.mktemp("shop")), speed=10) as running:
        yield running


@pytest.fixture(scope="session")
def found_studio(new_studio: Maker, shop: Provider) -> Maker:
    """Makes studios with people and provider accounts, not yet started."""

    def found(**more: str) -> Studio:
        studio = new_studio(**more)
        studio.inside("tests.soak.founding", shop.port, "12")
        return studio

    return found


@pytest.fixture(scope="session")
def workshop(found_studio: Maker) -> Studio:
    """One that runs, shared by the tests that leave it running."""
    running = found_studio()
    running.up("--patience", PATIENCE)
    return running


@pytest.fixture
def designer(workshop: Studio) -> Iterator[Person]:
    with Person(workshop.address, PEOPLE[0]) as person:
        yield person
