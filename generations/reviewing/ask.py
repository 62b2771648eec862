"""How an image comes into the queue."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from generations import journal, search
from generations.journal import Deed
from generations.models import Generation, Image, Review, Reviewing, Team, User
from generations.models.images import ImageSet


@transaction.atomic
def ask(images: ImageSet, by: User, team: Team) -> int:
    """Those nobody has asked about yet; how many that are. What was decided keeps its decision."""
    wanted = list(images.stored().kept().filter(team=team, review="").order_by("pk").values_list("pk", flat=True))
    asked = unasked(wanted).update(review=Review.WAITING, asked_at=timezone.now(), asked_by=by)
    if asked:
        changed(wanted)
        subject = f"image/{wanted[0]}" if len(wanted) == 1 else ""
        journal.write(Deed.REVIEW_ASK, actor=by, team=team, subject=subject, images=asked)
    return asked


def arrive(image: int) -> None:
    """In a team that looks at every image it waits from its first moment on, asked for by whoever made it."""
    every = unasked([image]).filter(team__in=Team.objects.filter(review=Reviewing.EVERY).values("pk"))
    every.update(review=Review.WAITING, asked_at=timezone.now(), asked_by=F("user"))


def unasked(images: list[int]) -> ImageSet:
    return Image.objects.filter(pk__in=images, review="")


def changed(images: Iterable[int]) -> None:
    """They are found elsewhere now, and the cards of their requests look different."""
    told = {"version": F("version") + 1, "changed_at": timezone.now()}
    Generation.objects.filter(pk__in=Image.objects.filter(pk__in=images).values("generation")).update(**told)
    search.renew(images)
