"""An embedded database: a copy by SQLite itself, which is whole also while others write."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

from generations.keeping import Refusal
from generations.keeping.hold import statements


def snapshot(target: Path, counted: Sequence[str]) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, not three
        found = {name: int(copy.execute(f"SELECT count(*) FROM generations_{name}").fetchone()[0]) for name in counted}  # noqa: S608
    target.chmod(0o600)
    check(target)
    return found


def check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check(1)")]
    except sqlite3.Error as error:
        said = [str(error)]
    if said != ["ok"]:
        raise Refusal(f"The copy of the database in {file.parent} is damaged: {said[0]}.")


def hold(file: Path) -> None:
    """What might be paid a second time stops, in the copy, before any program sees it."""
    with closing(sqlite3.connect(file)) as database, database:
        for statement in statements(""):
            database.execute(statement)


def found() -> bool:
    """Is anything in it? What cannot be read is more than nothing."""
    if not place().exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{place()}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return True


def place() -> Path:
    return Path(connection.settings_dict["NAME"])


def files() -> list[Path]:
    """With what SQLite keeps beside it: an old log beside a new database would be its ruin."""
    return [place().with_name(f"{place().name}{ending}") for ending in ("", "-wal", "-shm", "-journal")]
