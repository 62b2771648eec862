from django.conf import settings
from django.db import models

from generations.models.accounts import ProviderAccount
from generations.models.teams import Team


class Tally(models.Model):
    """What one person did in one day with one engine at one account. Summed up anew whenever one of the requests changes."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="tallies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tallies")
    day = models.DateField()  # of the request, in the studio's own time
    engine = models.CharField(max_length=80)
    account = models.ForeignKey(ProviderAccount, on_delete=models.PROTECT, related_name="tallies")

    requests = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)  # images that came
    missing = models.PositiveIntegerField(default=0)  # images that were asked for and taken on, and did not come
    approved = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)  # images that came otherwise than promised
    refused = models.PositiveIntegerField(default=0)  # requests
    failed = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)  # requests with something paid that did not come
    spent = models.PositiveBigIntegerField(default=0)
    held = models.PositiveBigIntegerField(default=0)
    wasted = models.PositiveBigIntegerField(default=0)  # of what was spent: on nothing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "day", "user", "engine", "account"], name="one_tally_per_day")]
        indexes = [models.Index(fields=["day", "team"], name="tally_day")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.day} {self.user_id} {self.engine}"
