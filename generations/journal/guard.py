"""The database itself refuses to change or remove a line. The migration puts this guard, and tests that tidy up remove it.

Whoever may alter tables can do so too; that is what the chain and the anchors are for. A migration that alters the table must
put the guard again: SQLite makes an altered table anew, without its triggers.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "generations_journalline"
REFUSAL = "The journal is never changed."

# An INSERT OR REPLACE removes rows without a word to the trigger for DELETE, so it is refused at its beginning.
TAKEN = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR before = NEW.before OR hash = NEW.hash)"  # noqa: S608  # no word of it comes from outside
SQLITE = {
    name: f"CREATE TRIGGER {name} BEFORE {occasion} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, occasion in {
        "journal_no_update": f"UPDATE ON {TABLE}",
        "journal_no_delete": f"DELETE ON {TABLE}",
        "journal_no_replace": f"INSERT ON {TABLE} WHEN {TAKEN}",
    }.items()
}

BODY = f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END"
POSTGRES = [
    f"CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$",
    f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} EXECUTE FUNCTION journal_refuses()",
]
BEFORE, DELETE, UPDATE, TRUNCATE = 2, 8, 16, 32  # pg_trigger.tgtype; once for each statement, which is without a bit
SEEN = f"""
    SELECT 1 FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgrelid = '{TABLE}'::regclass AND tgname = 'journal_no_change' AND tgenabled IN ('O', 'A')
    AND tgtype = {BEFORE | DELETE | UPDATE | TRUNCATE} AND prosrc = %s
"""  # noqa: S608


def put(connection: BaseDatabaseWrapper) -> None:
    run(connection, removal(connection) + (list(SQLITE.values()) if connection.vendor == "sqlite" else POSTGRES))


def remove(connection: BaseDatabaseWrapper) -> None:
    run(connection, removal(connection))


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
    return ["DROP FUNCTION IF EXISTS journal_refuses() CASCADE"]


def run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def stands(connection: BaseDatabaseWrapper) -> bool:
    """As we put it: a trigger of the right name that does nothing is none."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(SEEN, [BODY])
            return cursor.fetchone() is not None
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return SQLITE.items() <= dict(cursor.fetchall()).items()
