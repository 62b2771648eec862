from datetime import timedelta

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """A worker's sign of life, written by work it really did. The queue's own status says “alive” when it is wedged."""

    name = models.CharField(max_length=120, primary_key=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def stamp(name: str) -> None:
        Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})

    @staticmethod
    def silence() -> timedelta | None:
        """How long no worker has done anything; None when none ever did."""
        latest = Heartbeat.objects.aggregate(at=models.Max("beat_at"))["at"]
        return timezone.now() - latest if latest else None
