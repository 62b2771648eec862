import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.images import Image
from generations.models.shares import Share


class Verdict(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    CHANGE = "change", _("Needs a change")
    UNDONE = "undone", _("Taken back")


class Decision(models.Model):
    """What a reviewer said of these exact bytes. It is never changed: who thinks otherwise adds another, and the last one counts."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    note = models.TextField(blank=True, max_length=1000)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["image_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["image", "number"], name="one_decision_per_number"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}.{self.number}: {self.verdict}"


class Comment(models.Model):
    """Something said of an image, perhaps of one place in it: by a member, or by a guest who came by a shared link."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    share = models.ForeignKey(Share, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    guest = models.CharField(max_length=80, blank=True)  # what a guest called themself
    text = models.TextField(max_length=2000)
    x = models.PositiveSmallIntegerField(null=True, blank=True)  # where it is pinned, in thousandths from the left and from the top
    y = models.PositiveSmallIntegerField(null=True, blank=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)  # its words are gone; others answered, so its place is kept

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(user=None) ^ Q(share=None), name="comment_has_one_author"),
            models.CheckConstraint(condition=Q(x=None, y=None) | Q(x__lte=1000, y__lte=1000), name="comment_is_in_the_picture"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}: {self.text[:40]}"
