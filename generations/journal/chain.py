"""How one line holds on to the one before it."""

import json
from datetime import UTC
from hashlib import sha256

from django.db import connection

from generations.models import JournalLine

LOCK = 0x5EEDB00C  # the number is the same on every node; the supervisor's, for upgrades, is another


def digest(line: JournalLine) -> str:
    """Over everything a line says, written in one way only. Whatever is no JSON was not written by us and fits nothing."""
    at = line.at and line.at.astimezone(UTC).isoformat(timespec="microseconds")  # a time that cannot be read comes as None
    told = [line.before, at, line.actor, line.team, line.deed, line.subject, line.details]
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":"), default=repr).encode()).hexdigest()


def head() -> tuple[int, str] | None:
    """Number and hash of the newest line."""
    return JournalLine.objects.order_by("-pk").values_list("pk", "hash").first()


def take_turn() -> None:
    """One writer at a time, until its transaction ends: only then can the next one see what it has to hold on to.

    On SQLite whoever is in a transaction is alone already. On PostgreSQL the number of a line also follows the order of the
    chain for this reason.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
