"""What a worker may run. Names are part of what is queued: keep them stable."""

import os
from datetime import timedelta

from django.utils import timezone

from generations import jobs
from generations.models import Heartbeat


def beat() -> None:
    """The canary: proves that a worker takes work from the queue and can write to the database."""
    Heartbeat.stamp(f"{jobs.cluster(os.getpgrp())}{os.getpid()}")
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()
