import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers.keeper import locked
from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider, provider
from tests.supervisor.studio import Studio, a_database, free_port

# Less than by default, so that tests end. Enough for a machine that is busy with other tests; more where calls would be cut off.
PATIENCE, LONGER = "10", "20"
Maker = Callable[..., Studio]
known: list[Studio] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """Studios that idle take the processor from all other tests. Whoever needs one again later starts it again."""
    yield
    if nextitem is None or "tests/supervisor" not in nextitem.nodeid:
        for studio in known:
            studio.end()


@pytest.fixture(scope="session")
def new_studio(beginning: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Makes studios, not yet started: empty, with the tables of this run, or as another one that does not run. In the end nothing
    of them is left.
    """
    with ExitStack() as made:

        def make(model: Studio | None = None, filled: bool = False, **more: str) -> Studio:
            folder = tmp_path_factory.mktemp("studio")
            if model:
                shutil.copytree(model.folder, folder, dirs_exist_ok=True)
            begun = [urlsplit(model.database).path[1:]] if model and model.database else []
            with locked(beginning / "tables"):
                tables = beginning / "tables.postgresql"
                if filled and tables.exists():
                    begun = [tables.read_text()]
                studio = Studio(folder, made.enter_context(a_database(*begun)), **more)
            if filled:
                studio.fill()
            made.callback(studio.end)
            known.append(studio)
            return studio

        yield make


def standing(studio: Studio, patience: str = PATIENCE) -> Studio:
    """Up, and it is known who is who in it."""
    studio.stand("--patience", patience)
    studio.crew()
    return studio


@pytest.fixture(scope="session")
def fresh(new_studio: Maker) -> Studio:
    return new_studio(filled=True)


@pytest.fixture
def studio(fresh: Studio) -> Studio:
    """One that runs, with the accounts that a first start gives it."""
    return standing(fresh)


# --- with work to do ---


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A provider that outlives the studio, ten times as fast as those it plays."""
    with provider(str(tmp_path_factory.mktemp("shop")), speed=10) as running:
        yield running


@pytest.fixture(scope="session")
def founded(new_studio: Maker, shop: Provider) -> Studio:
    """With people and provider accounts; never started, so that others can begin as it is."""
    studio = new_studio(filled=True)
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
    return standing(hasty, LONGER)


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
def with_redis(found_studio: Maker, redis: str) -> Studio:
    return found_studio(REDIS_URL=redis)


@pytest.fixture
def queueing(with_redis: Studio) -> Studio:
    """One that runs, with Redis as its queue."""
    return standing(with_redis)
