import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.attempts import Attempt
from generations.models.generations import Generation
from generations.models.people import User
from generations.models.teams import Team


class ImageStatus(models.TextChoices):
    COMING = "coming"  # announced, its bytes are not here yet
    STORED = "stored"  # checked, hashed and on disk
    REFUSED = "refused"  # what came is no picture we would keep, or its link leads where it must not
    LOST = "lost"  # its link stopped working before we had it
    MISSING = "missing"  # the provider itself said that this one did not come
    REMOVED = "removed"  # it had come, and its days in the trash are over


class Review(models.TextChoices):
    """Where an image stands. What is none of these was never asked about."""

    WAITING = "waiting", _("In review")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    CHANGE = "change", _("Needs a change")


class ImageSet(models.QuerySet["Image"]):
    def seen_by(self, user: User, team: Team, *, administrates: bool = False) -> Self:
        """The same rule as for their generations, whose team and privacy they repeat."""
        found = self.filter(team=team)
        return found if administrates else found.filter(Q(private=False) | Q(user=user))

    def stored(self) -> Self:
        """Those that can be looked at."""
        return self.filter(status=ImageStatus.STORED)

    def kept(self) -> Self:
        """Outside the trash."""
        return self.filter(trashed_at=None)

    def trashed_by(self, user: User, team: Team, *, administrates: bool = False) -> Self:
        """What this person may take out of the trash: their own, or all as a team administrator."""
        found = self.stored().filter(team=team, trashed_at__isnull=False)
        return found if administrates else found.filter(user=user)


class Image(models.Model):
    """One picture that came back. A row is there as soon as the provider announces it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="images")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="images")
    index = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=ImageStatus.choices, default=ImageStatus.COMING)
    link = models.TextField(blank=True)  # where the provider keeps it; empty when its bytes were in the answer
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.JSONField(null=True, blank=True)

    # what came, byte for byte under its hash
    sha256 = models.CharField(max_length=64, blank=True)
    format = models.CharField(max_length=4, blank=True)
    bytes = models.PositiveBigIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    placeholder = models.CharField(max_length=1000, blank=True)  # a tiny picture as a data URI, so that the grid never jumps
    derived = models.BooleanField(default=False)  # the smaller sizes are there
    broken = models.JSONField(default=list, blank=True)  # promises that were not kept: name, promised, delivered
    flagged = models.BooleanField(default=False)  # the provider's content filter found something
    late = models.BooleanField(default=False)  # it came after its author had stopped waiting
    extra = models.BooleanField(default=False)  # more than was asked for

    review = models.CharField(max_length=8, choices=Review.choices, blank=True)  # as its last decision says
    decision = models.ForeignKey("Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # the last one
    asked_at = models.DateTimeField(null=True, blank=True)  # for a review
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    # repeated from its generation, so that a page of the gallery is one look into one index
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="images")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="images")
    private = models.BooleanField(default=False)
    engine = models.CharField(max_length=80)
    ratio = models.CharField(max_length=9, blank=True)
    tier = models.CharField(max_length=4, blank=True)
    referenced = models.BooleanField(default=False)  # pictures went in
    created_at = models.DateTimeField(default=timezone.now)
    stored_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)

    objects = ImageSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "index"], name="one_image_per_place"),
            models.CheckConstraint(condition=Q(status__in=ImageStatus.values), name="image_status_known"),
            models.CheckConstraint(condition=Q(review__in=["", *Review.values]), name="image_review_known"),
            models.CheckConstraint(condition=~Q(review=Review.WAITING) | Q(asked_at__isnull=False), name="waiting_image_has_a_place"),
            models.CheckConstraint(condition=~Q(status=ImageStatus.STORED) | ~Q(sha256=""), name="stored_image_has_a_hash"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="image_hash", condition=~Q(sha256="")),
            models.Index(fields=["team", "created_at"], name="image_date"),  # to jump to a date
            models.Index(fields=["team", "asked_at", "id"], name="image_waiting", condition=Q(review="waiting")),
            models.Index(fields=["team", "-decision"], name="image_decided", condition=Q(decision__isnull=False)),
            models.Index(fields=["team", "-decision"], name="image_flagged", condition=Q(flagged=True)),  # rare, and looked for
            models.Index(fields=["asked_at"], name="image_asked", condition=Q(asked_at__isnull=False)),  # what was asked lately
            models.Index(fields=["trashed_at"], name="image_trashed", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.generation_id}/{self.index}"
