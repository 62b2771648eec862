"""What a worker may run. Names are part of what is queued: keep them stable."""

import logging
import os
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from generations import jobs, journal
from generations.gallery.trash import purge
from generations.integrity import left, night
from generations.integrity.share import Share
from generations.integrity.survey import Leave, inspect
from generations.models import Heartbeat
from generations.pipeline.drive import drive
from generations.pipeline.sweep import sweep

__all__ = ["beat", "drive", "nightly"]

SAMPLE = 5  # of a hundred files are read again every night, so each is within twenty days
READING = 600.0  # seconds; what is not read by then waits for its next turn

log = logging.getLogger("studio.integrity")
tidied = float("-inf")


def beat() -> None:
    """The canary: proves that a worker takes work from the queue and can write to the database. Then it looks for what was left lying."""
    Heartbeat.stamp(f"{jobs.cluster(os.getpgrp())}{os.getpid()}")
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()
    sweep()
    journal.anchor()
    tidy()
    if night.begins(timezone.now()):
        jobs.ring("nightly")


def tidy() -> None:
    """Every hour, on every node."""
    global tidied
    if monotonic() - tidied > left.HOUR:
        tidied = monotonic()
        left.tidy()


def nightly() -> None:
    """What is too much for every few seconds. If its bell is lost, there is another night."""
    purge(timezone.now())
    inspect(Share(SAMPLE, until=monotonic() + READING), Leave(), lambda finding, mended: log.warning("%s", finding), night.Pulse())
