from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from generations import journal
from generations.journal import Deed, guard
from generations.models import JournalLine
from tests.journal.conftest import burglar

ATTEMPTS = [
    "UPDATE generations_journalline SET details = '{}'",
    "UPDATE generations_journalline SET hash = hash",
    "DELETE FROM generations_journalline",
    "DELETE FROM generations_journalline WHERE id = (SELECT max(id) FROM generations_journalline)",
]
REPLACING = """
    INSERT OR REPLACE INTO generations_journalline (id, before, hash, at, deed, subject, details)
    SELECT CASE %s WHEN 'id' THEN id ELSE id + 100 END, CASE %s WHEN 'before' THEN before ELSE 'x' END,
    CASE %s WHEN 'hash' THEN hash ELSE 'y' END, at, 'export', '', '{}' FROM generations_journalline LIMIT 1
"""


def refused(sql: str, *values: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_refuses_changes(attempt: str, lines: list[int]):
    before = list(JournalLine.objects.order_by("pk").values())
    refused(attempt)
    assert list(JournalLine.objects.order_by("pk").values()) == before


@pytest.mark.postgres
def test_postgres_refuses_to_empty_it(lines: list[int]):
    refused("TRUNCATE generations_journalline")


@pytest.mark.sqlite
@pytest.mark.parametrize("column", ["id", "before", "hash"])
def test_sqlite_refuses_to_replace_a_line_by_another(column: str, lines: list[int]):
    refused(REPLACING, column, column, column)
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_a_flush_of_the_studio_is_refused():
    with transaction.atomic():
        journal.write(Deed.EXPORT)
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert JournalLine.objects.count() == 1


def test_who_takes_the_guard_away_is_noticed(lines: list[int]):
    assert guard.stands(connection)
    guard.remove(connection)
    assert not guard.stands(connection)
    assert journal.verify().kind == "unguarded"


@pytest.mark.sqlite
def test_a_sqlite_trigger_that_does_nothing_is_no_guard(db: None):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_no_delete")
        cursor.execute("CREATE TRIGGER journal_no_delete BEFORE DELETE ON generations_journalline BEGIN SELECT 1; END")
    assert not guard.stands(connection)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "trick",
    [
        "ALTER TABLE generations_journalline DISABLE TRIGGER journal_no_change",
        "CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
    ],
)
def test_a_postgres_trigger_that_does_nothing_is_no_guard(trick: str, db: None):
    with connection.cursor() as cursor:
        cursor.execute(trick)
    assert not guard.stands(connection)


def test_the_guard_can_be_put_again_and_again(lines: list[int]):
    with burglar():
        pass
    guard.put(connection)
    assert guard.stands(connection)


def test_the_migration_goes_both_ways(db: None):
    migration = import_module("generations.migrations.0004_journal_guard")
    here = SimpleNamespace(connection=connection)
    migration.remove(None, here)
    assert not guard.stands(connection)
    migration.put(None, here)
    assert guard.stands(connection)
