"""The lists of images to look through, each in an order that a place in it can be found by."""

from dataclasses import dataclass

from generations.models import Image, Review, Role
from generations.models.images import ImageSet
from generations.review.chosen import VERDICTS, Chosen
from generations.reviewing import waiting
from generations.web.requests import StudioRequest

MOST = 1000  # that are counted


@dataclass(frozen=True)
class Line:
    """What is waiting, first come first; or what was decided, last decided first."""

    rows: ImageSet
    backwards: bool = False

    def after(self, image: Image) -> ImageSet:
        if self.backwards:
            return self.rows.filter(decision__lt=image.decision_id or 0)
        if image.asked_at is None:
            return self.rows
        return self.rows.filter(asked_at__gte=image.asked_at).exclude(asked_at=image.asked_at, pk__lte=image.pk)

    def before(self, image: Image) -> ImageSet:
        """The nearest first."""
        if self.backwards:
            return self.rows.filter(decision__gt=image.decision_id or 0).order_by("decision_id")
        if image.asked_at is None:
            return self.rows.none()
        return (
            self.rows.filter(asked_at__lte=image.asked_at).exclude(asked_at=image.asked_at, pk__gte=image.pk).order_by("-asked_at", "-pk")
        )


def line(request: StudioRequest, chosen: Chosen) -> Line:
    if chosen.list == "decided":
        decided = narrowed(readable(request, Image.objects.stored().kept()), chosen)
        verdicts = [chosen.verdict] if chosen.verdict else VERDICTS
        return Line(decided.filter(decision__isnull=False, review__in=verdicts).order_by("-decision_id"), backwards=True)
    found = narrowed(readable(request, waiting(request.team)), chosen)
    return Line(found.filter(user=request.user) if chosen.list == "mine" else found)


def readable(request: StudioRequest, images: ImageSet) -> ImageSet:
    """What is private waits for its author to share it, or for a team administrator."""
    return images.seen_by(request.user, request.team, administrates=request.membership.may(Role.ADMIN))


def narrowed(images: ImageSet, chosen: Chosen) -> ImageSet:
    if chosen.person:
        images = images.filter(user=chosen.person)
    if chosen.engine:
        images = images.filter(engine=chosen.engine)
    if chosen.broken:
        images = images.exclude(broken=[])
    if chosen.flagged:
        images = images.filter(flagged=True)
    return images.filter(late=True) if chosen.late else images


def count(images: ImageSet) -> int:
    return images[: MOST + 1].count()


def siblings(request: StudioRequest, image: Image) -> list[Image]:
    """What else of the same request waits."""
    if image.review != Review.WAITING:
        return []
    found = readable(request, waiting(request.team)).filter(generation=image.generation_id).exclude(pk=image.pk)
    return list(found.select_related("decision"))
