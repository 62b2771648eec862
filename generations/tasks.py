"""What a worker may run. Names are part of what is queued: keep them stable."""

import os
import socket
from datetime import timedelta

from django.utils import timezone

from generations.models import Heartbeat


def beat() -> None:
    """The canary: proves that a worker takes work from the queue and can write to the database."""
    Heartbeat.stamp(f"{socket.gethostname()}/{os.getpid()}")
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()
