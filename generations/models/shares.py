import uuid
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from generations.models.images import Image
from generations.models.invitations import digest_of
from generations.models.placements import Collection
from generations.models.teams import Membership, Team


class ShareSet(models.QuerySet["Share"]):
    def open(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def working(self) -> Self:
        """Whoever made it is in the team still, the team is not closed, and the collection is not private to somebody else by now.

        A lower role ends none: it was theirs to make one then, and team administrators see them all and can end each.
        """
        there = Q(collection=None) | Q(collection__private=False) | Q(collection__user=F("user"))
        members = Membership.objects.filter(team=OuterRef("team"), user=OuterRef("user"), user__is_active=True)
        return self.open().filter(there, Exists(members), team__closed_at=None)

    def by_token(self, token: str) -> Self:
        return self.filter(digest=digest_of(token))


class Share(models.Model):
    """A link for people outside: to some images, or to a collection as it is when they look."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shares")
    digest = models.CharField(max_length=64, unique=True)  # the token itself is shown once and kept nowhere
    title = models.CharField(max_length=80)
    collection = models.ForeignKey(Collection, null=True, blank=True, on_delete=models.SET_NULL, related_name="shares")
    images = models.ManyToManyField(Image, through="Shown", related_name="shares")
    password = models.CharField(max_length=128, blank=True)  # hashed; empty: the link is enough
    private = models.BooleanField(default=False)  # also what its maker keeps private; what others keep private, never
    commenting = models.BooleanField(default=False)
    prompt = models.BooleanField(default=False)
    originals = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)
    visited_at = models.DateTimeField(null=True, blank=True)

    objects = ShareSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "-id"], name="share_team")]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """A link ends with a day, so that is the one to name."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))


class Shown(models.Model):
    """One image of a shared selection, at its place."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="shown")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="shown")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "image"], name="image_once_in_a_share"),
            models.CheckConstraint(condition=Q(position__gte=0), name="shown_has_a_place"),
        ]
        indexes = [models.Index(fields=["share", "position", "image"], name="shown_order")]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.image_id}"
