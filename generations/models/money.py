"""Money in millionths of the studio's one currency. Whole numbers only."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.models.attempts import Attempt
from generations.models.generations import Generation
from generations.models.teams import Team


def this_month() -> date:
    return timezone.localdate().replace(day=1)


class Budget(models.Model):
    """What a team, or one person in it, may spend in a month. Beyond `soft` there is a warning, beyond `hard` nothing is sent."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="budgets")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="budgets")
    soft = models.PositiveBigIntegerField(null=True, blank=True)
    hard = models.PositiveBigIntegerField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(default=0)  # of how many hundredths somebody was told
    told_month = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(user=None), name="one_budget_per_team"),
            models.UniqueConstraint(fields=["team", "user"], condition=~Q(user=None), name="one_budget_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.user or 'all'}"


class Purse(models.Model):
    """The running totals of a month, of a team or of one person in it. Its entries say how they came about."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="purses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="purses")
    month = models.DateField()
    held = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "month"], condition=Q(user=None), name="one_purse_per_team"),
            models.UniqueConstraint(fields=["team", "user", "month"], condition=~Q(user=None), name="one_purse_per_person"),
            models.CheckConstraint(condition=Q(held__gte=0, spent__gte=0), name="purse_is_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.user or ''} {self.month:%Y-%m}"


class Entry(models.Model):
    """One movement of a generation's money. What was held equals what was settled, released and is still held."""

    class Kind(models.TextChoices):
        HOLD = "hold"
        SETTLE = "settle"
        RELEASE = "release"

    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="entries")
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.PositiveBigIntegerField()
    month = models.DateField()  # whose budget it counts against: that of the hold
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["hold", "settle", "release"]), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.generation_id}: {self.kind} {self.amount}"
