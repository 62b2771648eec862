from django.db import models
from django.utils import timezone


class Stock(models.Model):
    """What the studio keeps, as counted in one night, so that no page has to count it. Sizes in bytes."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    delivered = models.PositiveBigIntegerField()  # images that providers gave us
    stored = models.PositiveBigIntegerField()  # of them, whose rows say that their files are here
    missing = models.PositiveBigIntegerField()  # whose files are not, or not as they came
    sample = models.PositiveSmallIntegerField(default=100)  # so many of a hundred were read from end to end
    originals = models.PositiveBigIntegerField()
    copies = models.PositiveBigIntegerField()
    uploads = models.PositiveBigIntegerField()
    spool = models.PositiveBigIntegerField()
    teams = models.JSONField(default=list)  # the largest: number, images, bytes

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.stored}"

    @property
    def bytes(self) -> int:
        return self.originals + self.copies + self.uploads + self.spool
