"""What a worker may run. Names are part of what is queued: keep them stable."""

import logging
import os
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from generations import accounting, jobs, journal, telling
from generations.gallery import trash
from generations.integrity import left, night, stock
from generations.integrity.share import Share
from generations.integrity.survey import Leave, inspect
from generations.media.still import clearing
from generations.models import Heartbeat
from generations.pipeline.drive import drive
from generations.pipeline.sweep import sweep
from generations.telling.calls import make_calls
from generations.telling.letters import send_letters
from generations.uploading import forgotten

__all__ = ["beat", "calls", "drive", "letters", "nightly"]

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
    telling.watch()
    tidy()
    if night.begins(timezone.now()):
        jobs.ring("nightly")
    accounting.catch_up()


def tidy() -> None:
    """Every hour, on every node."""
    global tidied
    if monotonic() - tidied > left.HOUR:
        tidied = monotonic()
        left.tidy()


def letters() -> None:
    send_letters(night.Pulse())


def calls() -> None:
    make_calls(night.Pulse())


def nightly() -> None:
    """What is too much for every few seconds. If its bell is lost, there is another night."""
    pulse = night.Pulse()
    with clearing() as may:
        if may:
            trash.purge(timezone.now())
            forgotten.purge(timezone.now(), pulse)
    telling.purge(timezone.now())
    share = Share(SAMPLE, until=monotonic() + READING)
    stock.take(inspect(share, Leave(), lambda finding, mended: log.warning("%s", finding), pulse), share, pulse)
    night.tune()
