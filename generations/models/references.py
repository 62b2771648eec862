from django.conf import settings
from django.db import models
from django.utils import timezone

from generations.catalogue.request import Reference as Asked
from generations.catalogue.sizes import Size
from generations.models.generations import Generation
from generations.models.images import Image
from generations.models.teams import Team


class Upload(models.Model):
    """A picture that somebody gave us, cleaned of everything but its pixels. The same picture is kept once for a team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=120, blank=True)  # as it was called where it came from
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    shared = models.BooleanField(default=False)  # in the team's library
    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads")  # what it was made of
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)  # last put into a composer: what was used lately is offered first

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "sha256"], name="one_upload_per_picture")]
        indexes = [
            models.Index(fields=["team", "user", "-used_at"], name="upload_recent"),
            models.Index(fields=["team", "-used_at"], name="upload_shared", condition=models.Q(shared=True)),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    def asked(self) -> Asked:
        """As a request names it."""
        return Asked(self.sha256, self.format, Size(self.width, self.height), self.bytes)


class Reference(models.Model):
    """One picture that went in, at its place in the order that was sent."""

    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="references")
    position = models.PositiveSmallIntegerField()
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="references")

    class Meta:
        ordering = ["generation_id", "position"]
        constraints = [models.UniqueConstraint(fields=["generation", "position"], name="one_reference_per_place")]

    def __str__(self) -> str:
        return f"{self.generation_id}: {self.position}"
