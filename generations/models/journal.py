from django.db import models
from django.utils import timezone


class JournalLine(models.Model):
    """Who did what. Lines are added and never changed: the database refuses it, and each carries the hash of the one before.

    People and things are plain numbers here, not links: a line must outlive what it tells of.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.BigIntegerField(null=True, blank=True)  # a user; none: the studio itself
    team = models.BigIntegerField(null=True, blank=True)
    deed = models.CharField(max_length=40)  # such as generation.start; `journal/deeds.py` lists them
    subject = models.CharField(max_length=80, blank=True)  # such as generation/17
    details = models.JSONField(default=dict, blank=True)
    before = models.CharField(max_length=64)  # hash of the line before, empty at the first
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before"], name="journal_is_one_chain")]
        indexes = [
            models.Index(fields=["team", "-id"], name="journal_team"),
            models.Index(fields=["subject", "-id"], name="journal_subject"),
            models.Index(fields=["actor", "-id"], name="journal_actor"),
            models.Index(fields=["at"], name="journal_date"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject}"
