import uuid
from typing import Self

from django.db import models

from generations.models.accounts import ProviderAccount
from generations.models.generations import Generation


class Outcome(models.TextChoices):
    PLANNED = "planned"  # nothing was sent
    SENDING = "sending"  # from here on somebody may have been paid
    NOT_SENT = "not_sent"  # surely not accepted, by a connection that failed or a clean refusal
    ACCEPTED = "accepted"  # it is a task there
    ANSWERED = "answered"  # its pictures are known
    FAILED = "failed"  # taken on, and it came to nothing
    UNKNOWN = "unknown"


class Charge(models.TextChoices):
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class AttemptSet(models.QuerySet["Attempt"]):
    def undecided(self) -> Self:
        """Of which nobody knows whether they were charged, and nobody is asking any more."""
        return self.filter(outcome__in=(Outcome.UNKNOWN, Outcome.FAILED), charge=Charge.UNKNOWN)


class Attempt(models.Model):
    """One paid call, written down before the socket opens. It is sent once, or again only with the same idempotency key."""

    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    account = models.ForeignKey(ProviderAccount, on_delete=models.PROTECT, related_name="attempts")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # the idempotency key, and the name of its raw answer in the spool
    wire_id = models.CharField(max_length=120, blank=True)
    sent = models.JSONField(null=True, blank=True)  # the call as it was shown, without key and without pictures

    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.PLANNED)
    charge = models.CharField(max_length=8, choices=Charge.choices, default=Charge.NO)
    planned_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    answer_status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.BinaryField(null=True, blank=True)  # the raw answer, when it is small; the spool has all of it until it is collected
    task = models.CharField(max_length=200, blank=True)
    empty = models.PositiveSmallIntegerField(default=0)  # how often the task was said to be finished, but without a picture
    expires_at = models.DateTimeField(null=True, blank=True)  # until when its links work
    billed = models.PositiveSmallIntegerField(null=True, blank=True)  # images, by the provider's own count
    cost = models.PositiveBigIntegerField(null=True, blank=True)  # in millionths, by the provider's own figure
    filters = models.JSONField(null=True, blank=True)  # what the provider's own content filter said, in its words
    request_id = models.CharField(max_length=200, blank=True)
    trouble = models.JSONField(null=True, blank=True)

    objects = AttemptSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "number"], name="one_attempt_per_number"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="attempt_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["account", "-sent_at"], name="attempt_pace"),
            models.Index(fields=["account", "-answered_at"], name="attempt_health"),
            models.Index(fields=["-id"], name="attempt_undecided", condition=models.Q(charge="unknown")),
        ]

    def __str__(self) -> str:
        return f"{self.generation_id}.{self.number}"
