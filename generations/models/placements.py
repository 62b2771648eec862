import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.images import Image
from generations.models.people import User
from generations.models.teams import Team


class CollectionSet(models.QuerySet["Collection"]):
    def seen_by(self, user: User, team: Team) -> Self:
        """The team's, and of the private ones only one's own: nobody else's, not even for team administrators."""
        return self.filter(team=team).filter(Q(private=False) | Q(user=user))


class Collection(models.Model):
    """A named, ordered set of images: the team's, or its owner's alone."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="collections")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="collections")
    name = models.CharField(_("name"), max_length=80)
    private = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    images = models.ManyToManyField(Image, through="Placement", related_name="collections")

    objects = CollectionSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "-changed_at", "-id"], name="collection_team")]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="placements")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="placements")
    position = models.BigIntegerField()  # larger ones come later; with gaps, so that a move is one write

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "image"], name="image_once_in_a_collection")]
        indexes = [models.Index(fields=["collection", "position", "image"], name="placement_order")]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.image_id}"
