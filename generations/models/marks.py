from django.conf import settings
from django.db import models

from generations.models.images import Image


class Mark(models.Model):
    """What one person thinks of an image. Everybody has their own."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks")
    starred = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(default=0)  # 1 to 5; 0: none

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "image"], name="one_mark_per_person"),
            models.CheckConstraint(condition=models.Q(rating__lte=5), name="rating_is_at_most_five"),
        ]
        indexes = [
            models.Index(fields=["user", "-image"], name="mark_starred", condition=models.Q(starred=True)),
            models.Index(fields=["user", "rating", "-image"], name="mark_rated", condition=models.Q(rating__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.image_id}"
