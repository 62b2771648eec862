import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

SKEW = timedelta(minutes=10)  # between the clocks of two nodes, at most
LEASE = timedelta(seconds=30)  # renewed every few seconds; what a driver held is taken from it when it ran out
CLOSED = 0  # no process: the row that says of a host that its workers are being stopped
CLOSING = timedelta(seconds=10)  # how long that holds; renewed every second


class DriverSet(models.QuerySet["Driver"]):
    def alive(self) -> Self:
        """Not by a lease that runs further than any was ever given: the clock has been set back since."""
        now = timezone.now()
        return self.filter(lease_until__gt=now, lease_until__lt=now + LEASE + SKEW)


class Driver(models.Model):
    """A worker that drives generations. One lease holds for everything it has in hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.CharField(max_length=120)
    process = models.PositiveIntegerField()
    claiming = models.BooleanField(default=True)  # off: it finishes what it has and takes nothing new
    started_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(db_index=True)

    objects = DriverSet.as_manager()

    def __str__(self) -> str:
        return f"{self.host}/{self.process}"

    def renew(self) -> bool:
        """Also after it ran out, as when the machine slept or a clock jumped: what others took from us meanwhile has another fence.
        False: we were forgotten long ago."""
        renewed = Driver.objects.filter(pk=self.pk).update(lease_until=timezone.now() + LEASE)
        if renewed:
            self.refresh_from_db(fields=["claiming"])
            self.claiming &= not Driver.closed(self.host)
        return bool(renewed)

    @staticmethod
    def close(host: str) -> None:
        """Whoever drives there finishes what was sent, and takes nothing new; also one that is only about to begin."""
        ends = {"claiming": False, "lease_until": timezone.now() + CLOSING}
        Driver.objects.update_or_create(host=host, process=CLOSED, defaults=ends)

    @staticmethod
    def closed(host: str) -> bool:
        return Driver.objects.alive().filter(host=host, process=CLOSED).exists()
