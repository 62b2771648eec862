import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider, provider
from tests.supervisor.studio import Studio, a_database, free_port

# Less than by default, so that tests end. Enough for a machine that is busy with other tests; more where calls would be cut off.
PATIENCE, LONGER = "10", "20"
Maker = Callable[..., Studio]


@pytest.fixture(scope="session")
def new_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Makes studios, not yet started: empty, or as another one that does not run. In the end nothing of them is left. They share the
    collected static files, to be quick.
    """
    static = str(tmp_path_factory.mktemp("shared") / "static")
    with ExitStack() as made:

        def make(model: Studio | None = None, **more: str) -> Studio:
            folder = tmp_path_factory.mktemp("studio")
            if model:
                shutil.copytree(model.folder, folder, dirs_exist_ok=True)
            known = [urlsplit(model.database).path[1:]] if model and model.database else []
            studio = Studio(folder, made.enter_context(a_database(*known)), **{"STUDIO_STATIC": static, **more})
            made.callback(studio.end)
            return studio

        yield make


@pytest.fixture(scope="session")
def fresh(new_studio: Maker) -> Studio:
    return new_studio()


@pytest.fixture
def studio(fresh: Studio) -> Studio:
    """One that runs, with the accounts that a first start gives it."""
    fresh.stand("--patience", PATIENCE)
    fresh.crew()
    return fresh


# --- with work to do ---


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A provider that outlives the studio, ten times as fast as those it plays."""
    with provider(str(tmp_path_factory.mktemp("shop")), speed=10) as running:
        yield running


@pytest.fixture(scope="session")
def founded(new_studio: Maker, shop: Provider) -> Studio:
    """With people and provider accounts; never started, so that others can begin as it is."""
    studio = new_studio()
    studio.inside("tests.soak.founding", shop.port, "12")
    return studio


@pytest.fixture(scope="session")
def found_studio(new_studio: Maker, founded: Studio) -> Maker:
    def found(**more: str) -> Studio:
        return new_studio(founded, STUDIO_WEB_PROCESSES="1", **more)

    return found


@pytest.fixture(scope="session")
def hasty(found_studio: Maker) -> Studio:
    studio = found_studio()
    studio.program = ["-m", "tests.supervisor.hasty"]
    return studio


@pytest.fixture
def workshop(hasty: Studio) -> Studio:
    """One that runs, and has less calm than others."""
    hasty.stand("--patience", LONGER)
    hasty.crew()
    return hasty


@pytest.fixture
def designer(workshop: Studio) -> Iterator[Person]:
    with Person(workshop.address, PEOPLE[0]) as person:
        yield person


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server") or pytest.skip("redis-server is not installed")
    port, folder = str(free_port()), str(tmp_path_factory.mktemp("redis"))
    server = subprocess.Popen([program, "--port", port, "--dir", folder, "--save", ""], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def queueing(found_studio: Maker, redis: str) -> Studio:
    """With Redis as its queue."""
    running = found_studio(REDIS_URL=redis)
    running.up("--patience", PATIENCE)
    running.crew()
    return running
