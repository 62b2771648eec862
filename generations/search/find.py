"""Asking the index."""

from collections.abc import Sequence
from types import ModuleType

from django.db import connection

from generations.search import postgres, sqlite
from generations.search.words import Phrase

NEWEST = 2**63 - 1  # larger than any image's number


def table() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def word(name: str) -> Phrase:
    return Phrase((name,))


def find(parts: Sequence[Sequence[Phrase]], limit: int, before: int = NEWEST, after: int = 0, *, oldest_first: bool = False) -> list[int]:
    """Numbers of images, newest first, between two others. Of every part one phrase has to be there; no parts find nothing."""
    if not parts:
        return []
    words = table()
    sql = words.FIND.format(order="ASC" if oldest_first else "DESC")
    with connection.cursor() as cursor:
        cursor.execute(sql, [words.question(parts), after, before, limit])
        return [row[0] for row in cursor.fetchall()]
