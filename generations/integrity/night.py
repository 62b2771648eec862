"""What is done once a day, by whoever is the first to notice that it is time: in the small hours, or when the studio next wakes up."""

import os
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction
from django.utils import timezone

from generations import jobs, journal
from generations.health.integrity import SUBJECT
from generations.journal import Deed
from generations.journal.chain import take_turn
from generations.models import Heartbeat, JournalLine

HOUR = 3
PULSE = 5.0
ENOUGH = 400  # rows of an index that it looks at, so that the largest table takes no longer than a small one
EVERYTHING = 0x10002  # every table; before SQLite 3.46 those that this connection has asked for, and a night asks for nearly all


def begins(now: datetime) -> bool:
    """True for one of all who ask. A line in the journal says so, because all nodes share it."""
    if not due(now):
        return False
    with transaction.atomic():
        take_turn()
        if not due(now):
            return False
        journal.write(Deed.STUDIO_NIGHT, subject=SUBJECT)
    return True


def due(now: datetime) -> bool:
    """A studio that nobody has used yet has nothing to look after."""
    began = JournalLine.objects.filter(subject=SUBJECT, deed="studio.night").order_by("-pk").first() or JournalLine.objects.first()
    return began is not None and began.at < latest_night(now)


def latest_night(now: datetime) -> datetime:
    local = timezone.localtime(now)
    today = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def tune() -> None:
    """SQLite plans its queries by figures that it only counts when it is asked to; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ENOUGH}")
            cursor.execute(f"PRAGMA optimize={EVERYTHING:#x}")


class Pulse:
    """A long task is no dead worker."""

    def __init__(self) -> None:
        self.next = 0.0

    def __call__(self) -> None:
        if monotonic() >= self.next:
            self.next = monotonic() + PULSE
            Heartbeat.stamp(f"{jobs.cluster(os.getpgrp())}{os.getpid()}")
