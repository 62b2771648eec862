"""Is a cluster of workers at work, or only alive?

A cluster of django-q2 can be deaf while every process of it is alive: a worker that is killed while it waits may take the lock of
the queue with it. So a canary is rung every few seconds, and only what a worker wrote into the database itself counts as life.
"""

from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Max
from django.utils import timezone

from generations import jobs
from generations.models import Heartbeat

BOOTING = 15  # so much longer may the first sign of life take
DOUBT = 15  # patience with a cluster that has just lost a worker
CRASHING = 5  # a cluster that dies as it starts is not asked, or the canaries would pile up in the queue
COMPANY = 4  # patience is so much longer where other nodes take from the same queue, and with it most of our canaries


class Canary:
    """For one run of the cluster; the next one gets its own, and is told how many were not answered."""

    def __init__(self, group: int, patience: float, unanswered: int = 0) -> None:
        self.group, self.patience = group, patience
        self.heard = monotonic()  # when it last gave a sign of life, or could not have given one
        self.next = monotonic() + (CRASHING if unanswered else 0)
        self.last: datetime | None = None
        self.doubt: datetime | None = None
        self.unanswered = unanswered

    def look(self) -> None:
        latest = Heartbeat.objects.filter(name__startswith=jobs.cluster(self.group)).aggregate(at=Max("beat_at"))["at"]
        if latest != self.last:
            self.last, self.heard, self.unanswered = latest, monotonic(), 0
            self.next = min(self.next, monotonic() + self.patience / 3)
        if self.doubt and self.last and self.last > self.doubt:
            self.doubt = None
        if monotonic() >= self.next:
            self.ring()

    def ring(self) -> None:
        self.next = monotonic() + (0 if self.doubt else self.patience / 3)
        self.unanswered += 1
        jobs.ring("beat")

    def excuse(self) -> None:
        """Nobody could have been heard: the database was away, or we were asleep."""
        self.heard = monotonic()

    def suspect(self) -> None:
        """It has lost a worker: ask it at once and often, and believe nothing older."""
        self.doubt, self.heard, self.next = timezone.now(), monotonic(), 0

    def silent(self) -> float:
        """For how many seconds, if that is too long; else 0."""
        silence = monotonic() - self.heard
        if self.doubt:
            return silence if silence > min(DOUBT, self.patience) else 0
        patience = self.patience + (0 if self.last else BOOTING)
        return silence if silence > patience and (silence > COMPANY * patience or not self.company()) else 0

    def company(self) -> bool:
        lately = timezone.now() - timedelta(seconds=self.patience)
        return Heartbeat.objects.exclude(name__startswith=jobs.cluster(self.group)).filter(beat_at__gt=lately).exists()
