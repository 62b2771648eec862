"""What waits to be decided, in the order it was asked for."""

from generations.models import Image, Review, Team
from generations.models.images import ImageSet


def waiting(team: Team) -> ImageSet:
    """By (asked_at, id), which nothing changes while an image waits: whoever looks at one can always go on from there."""
    return Image.objects.filter(team=team, review=Review.WAITING).stored().kept().order_by("asked_at", "pk")
