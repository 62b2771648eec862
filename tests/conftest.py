import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from generations.gallery import tiles
from generations.health import readiness, storage
from generations.models import Role, Team, User
from tests import network, once
from tests.cast import person
from tests.servers.beginning import beginning  # noqa: F401  # a fixture
from tests.servers.chromium import chromium  # noqa: F401  # a fixture
from tests.servers.sandbox import port  # noqa: F401  # a fixture
from tests.servers.studio import crew, run_folder, studio  # noqa: F401  # fixtures
from tests.servers.tables import django_db_setup, empty  # noqa: F401  # one of them a fixture
from tests.settings import HOME

hypothesis.settings.register_profile("studio", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("studio")  # a busy machine is no mistake


def pytest_configure() -> None:
    network.close()
    gc.disable()  # nothing that is read now ever goes again, and to look through all of it takes as long as to read it


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Not even read, which takes its time in every process."""
    about = collection_path.relative_to(config.rootpath).as_posix()
    return True if connection.vendor == "postgresql" and about.startswith(once.ONCE) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left = [item for item in items if once.elsewhere(item)]
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


@pytest.fixture(scope="session", autouse=True)
def _emptying() -> Iterator[None]:
    """After a test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty())
        yield


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    cache.clear()  # limits count in it
    shutil.rmtree(HOME / "pace", ignore_errors=True)  # and here, for programs
    translation.deactivate()  # a reader's language stays with the thread that answered them
    readiness.latest = None  # what was found out lately about the machine is believed for a while
    storage.worked.clear()
    tiles.kept.clear()


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="Studio North", slug="north")


@pytest.fixture
def other_team(db: None) -> Team:
    return Team.objects.create(name="Studio South", slug="south")


@pytest.fixture
def viewer(team: Team) -> User:
    return person("Vera Viewer", team, Role.VIEWER)


@pytest.fixture
def designer(team: Team) -> User:
    return person("Dana Designer", team, Role.DESIGNER)


@pytest.fixture
def reviewer(team: Team) -> User:
    return person("Rui Reviewer", team, Role.REVIEWER)


@pytest.fixture
def admin(team: Team) -> User:
    """Administers the team, not the site."""
    return person("Ada Admin", team, Role.ADMIN)


@pytest.fixture
def stranger(other_team: Team) -> User:
    """Has every right, but in another team."""
    return person("Sam Stranger", other_team, Role.ADMIN)


@pytest.fixture
def owner(team: Team) -> User:
    """Administers the site."""
    return person("Olga Owner", team, Role.ADMIN, administrator=True)
