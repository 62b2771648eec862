import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.generations import Generation
from generations.models.images import Image
from generations.models.people import User
from generations.models.teams import Membership, Role, Team


class Event(models.TextChoices):
    """What people and programs are told about. The words travel in webhooks: add new ones, and let old ones be."""

    DONE = "generation.done", _("A request is done")
    FAILED = "generation.failed", _("A request failed or was refused")
    UNKNOWN = "generation.unknown", _("Nobody knows how a request ended")
    ASKED = "review.asked", _("Somebody asks for a review")
    DECIDED = "review.decided", _("An image was decided on")
    MENTIONED = "comment.mention", _("Somebody mentions you")
    COMMENTED = "comment.added", _("Somebody comments on your image")
    SPENDING = "spending.asked", _("A request waits for its price to be approved")
    ALLOWED = "spending.decided", _("The price of your request was decided on")
    BUDGET = "budget.reached", _("A budget is nearly or fully used")
    PAUSED = "account.paused", _("A provider account was paused")
    OFF = "webhook.off", _("A webhook was switched off")


class NoticeSet(models.QuerySet["Notice"]):
    def readable(self, user: User, memberships: Iterable[Membership]) -> Self:
        """Their own, of teams they are in still, and nothing that has become private to somebody else since."""
        teams = {one.team_id: one.may(Role.ADMIN) for one in memberships}
        requests = Q(generation=None) | Q(generation__private=False) | Q(generation__user=user)
        images = Q(image=None) | Q(image__private=False) | Q(image__user=user)
        found = Q(team__in=teams) & (Q(team__in=[team for team, administers in teams.items() if administers]) | requests & images)
        return self.filter(found | Q(team=None) if user.is_superuser else found, user=user)

    def waits(self, user: int) -> bool:
        """Whether there is any that they have not seen: every page asks this, so it is asked in as few words as possible."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM generations_notice WHERE user_id = %s AND seen_at IS NULL LIMIT 1", [user])
            return cursor.fetchone() is not None

    def unseen(self) -> Self:
        return self.filter(seen_at=None)


class Notice(models.Model):
    """One thing one person is told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=20, choices=Event.choices)
    key = models.CharField(max_length=80)  # what it is about: told once, whoever notices it twice
    generation = models.ForeignKey(Generation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)  # when it is to be mailed; none: not at all, or not any more

    objects = NoticeSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_user"),
            models.Index(fields=["user"], name="notice_unseen", condition=Q(seen_at=None)),
            models.Index(fields=["mail_at"], name="notice_mail", condition=Q(mail_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"


class Webhook(models.Model):
    """A program of the team's own that is told, by a signed call."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    secret = models.TextField()  # sealed
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One call to a webhook: written with what it tells of, and made until it is heard or too old."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event.choices)
    key = models.CharField(max_length=80)
    body = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now)  # none: there is nothing more to do
    tries = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=200, blank=True)  # status or reason of the last try

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="called_once")]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["webhook", "-id"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.key}"


class Bookmark(models.Model):
    """How far somebody has read who looks at what has changed since."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
