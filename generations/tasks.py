"""What a worker may run. Names are part of what is queued: keep them stable."""

import os
from datetime import timedelta

from django.utils import timezone

from generations import jobs, journal
from generations.models import Heartbeat
from generations.pipeline.drive import drive
from generations.pipeline.sweep import sweep

__all__ = ["beat", "drive"]


def beat() -> None:
    """The canary: proves that a worker takes work from the queue and can write to the database. Then it looks for what was left lying."""
    Heartbeat.stamp(f"{jobs.cluster(os.getpgrp())}{os.getpid()}")
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()
    sweep()
    journal.anchor()
