"""The database as one file of its moment, and back."""

from pathlib import Path

from django.db import connection

from generations.keeping import postgres, sqlite

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
COUNTED = ("user", "team", "generation", "attempt", "image", "upload", "entry", "journalline")


def name() -> str:
    return NAMES[connection.vendor]


def snapshot(target: Path) -> dict[str, int]:
    """How many rows it holds, of what matters most."""
    return postgres.snapshot(target, COUNTED) if connection.vendor == "postgresql" else sqlite.snapshot(target, COUNTED)


def check(file: Path) -> None:
    if file.suffix == ".dump":
        postgres.check(file)
    else:
        sqlite.check(file)
