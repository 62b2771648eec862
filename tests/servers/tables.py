"""The tables of the tests' database. One process of a run goes through all migrations; the others copy what came of them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from generations.journal import guard
from tests.servers.keeper import locked

TERMS = "generations_terms"  # of the search, which has no model
LASTING = {"django_content_type", "auth_permission"}  # filled by `migrate`; to do so again would take longer than most tests


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    begin, keep, forget = (copy_file, keep_file, forget_file) if connection.vendor == "sqlite" else (copy, keep_copy, forget_copy)
    model = place / f"tables.{connection.vendor}"
    with django_db_blocker.unblock(), locked(place / "tables"):
        if copied := model.exists():
            begin(model)
            connection.settings_dict["TEST"]["MIGRATE"] = False
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=(), keepdb=copied and connection.vendor == "sqlite")
        if not copied:
            keep(model)
    yield
    with django_db_blocker.unblock(), locked(place / "tables"):
        teardown_databases(made, verbosity=0)
        if not copied:
            forget(model)


def copy_file(model: Path) -> None:
    shutil.copy(model, connection.settings_dict["TEST"]["NAME"])


def keep_file(model: Path) -> None:
    draft = model.with_suffix(".part")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.rename(model)


def forget_file(_model: Path) -> None:
    """Studios may still begin with it."""


def copy(model: Path) -> None:
    connection.settings_dict["TEST"]["TEMPLATE"] = model.read_text()


def keep_copy(model: Path) -> None:
    """Nobody may be connected to what is copied, so it is not the one that we use."""
    ours = connection.settings_dict["NAME"]
    connection.close()
    administer(f'CREATE DATABASE "{ours}_tables" TEMPLATE "{ours}"')
    model.write_text(f"{ours}_tables")


def forget_copy(model: Path) -> None:
    administer(f'DROP DATABASE "{model.read_text()}"')
    model.unlink()


def administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def empty() -> None:
    """Row by row, which is quicker than TRUNCATE for as few as there are. The journal refuses that, so it is unguarded meanwhile."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - LASTING | {TERMS}
    with transaction.atomic():
        guard.remove(connection)
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
        guard.put(connection)
