"""The journal as a file, line by line."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from io import TextIOBase
from typing import Any

from django.db.models import QuerySet

from generations.models import JournalLine, Team

PAGE = 1000
FIELDS = ["line", "at", "actor", "team", "deed", "subject", "details", "before", "hash"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(since: datetime | None = None, team: Team | None = None) -> Iterator[dict[str, Any]]:
    wanted = JournalLine.objects.order_by("pk")
    wanted = wanted.filter(at__gte=since) if since else wanted
    wanted = wanted.filter(team=team.pk) if team else wanted
    for lines in pages(wanted):
        yield from map(row, lines)


def pages(wanted: QuerySet[JournalLine]) -> Iterator[list[JournalLine]]:
    """In the order of their numbers."""
    after = 0
    while lines := list(wanted.filter(pk__gt=after).order_by("pk")[:PAGE]):
        yield lines
        after = lines[-1].pk


def row(line: JournalLine) -> dict[str, Any]:
    return {**{name: getattr(line, name) for name in FIELDS[2:]}, "line": line.pk, "at": line.at.isoformat()}


def as_json(found: Iterator[dict[str, Any]], out: TextIOBase) -> None:
    for one in found:
        out.write(json.dumps({name: one[name] for name in FIELDS}, ensure_ascii=False) + "\n")


def as_csv(found: Iterator[dict[str, Any]], out: TextIOBase) -> None:
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for one in found:
        told = one | {"details": json.dumps(one["details"], ensure_ascii=False)}
        writer.writerow([harmless(told[name]) for name in FIELDS])


def harmless(value: object) -> object:
    """A spreadsheet would run what begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
