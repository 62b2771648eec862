"""Bring the database to the form this version needs, or say why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from generations.health.database import ahead
from generations.supervisor.backup import back_up
from generations.supervisor.terminal import first_line, say

LOCK = 0x5EEDBED  # the number is the same on every node; the journal's, for its writers, is another


def bring_up_to_date(data: Path, version: str, may_migrate: bool) -> None:
    executor = MigrationExecutor(connection)
    refuse_newer(executor.loader, version)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if not may_migrate:
        raise SystemExit("The database must be upgraded first. Run `manage.py migrate`, or start without --no-migrate.")
    with one_node_at_a_time():
        migrate(MigrationExecutor(connection), data, version)


def refuse_newer(loader: MigrationLoader, version: str) -> None:
    if unknown := ahead(loader):
        raise SystemExit(
            f"This database is newer than this version of Seedbed, {version} (it has {unknown[-1]}). "
            "Install the newer version, or go back: manage.py restore puts back a backup (docs/operating.md)."
        )


@contextmanager
def one_node_at_a_time() -> Iterator[None]:
    """Several nodes may be started at once on one PostgreSQL; the file lock does it for an embedded database."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            say("Another node is upgrading the database; waiting for it.")
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        connection.close()  # which also gives back the lock


def migrate(executor: MigrationExecutor, data: Path, version: str) -> None:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    kept = None
    if connection.vendor == "sqlite" and executor.loader.applied_migrations:
        kept = back_up(data / "backups", version)
        say(f"The database is upgraded; as it was before it is kept in {kept}")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (Error, InconsistentMigrationHistory) as error:
        back = f" The copy {kept} is as it was before." if kept else ""
        raise SystemExit(f"The database could not be upgraded: {first_line(error)}.{back}") from None
