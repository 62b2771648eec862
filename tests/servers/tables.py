"""The tables of the tests' database. One process of a run goes through all migrations; the others copy what came of them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from tests.servers.keeper import locked


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    file = place / "tables.sqlite3"
    with django_db_blocker.unblock(), locked(place / "tables") if connection.vendor == "sqlite" else nullcontext():
        if copied := file.exists():
            begin_with(file)
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=(), keepdb=copied)
        if not copied and connection.vendor == "sqlite":
            keep(file)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def begin_with(file: Path) -> None:
    chosen = connection.settings_dict["TEST"]
    shutil.copy(file, chosen["NAME"])
    chosen["MIGRATE"] = False


def keep(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file.with_suffix(".part"))])
    file.with_suffix(".part").rename(file)
