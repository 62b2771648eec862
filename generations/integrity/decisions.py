"""Do decisions still belong to the bytes they were made about, and does each image say what its last one says?"""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from generations import search
from generations.integrity.finding import Finding, Kind
from generations.integrity.pages import slices
from generations.models import Decision, Image, Review
from generations.reviewing import standing

OF_IT = Decision.objects.filter(image=OuterRef("pk")).order_by("-number")
OPEN = ("", Review.WAITING)

DO = "Run fsck --repair: it says again what its last decision says."
BY_HAND = "Nothing mends this by itself: compare the decision with its line in the journal, and with a backup."


def check() -> Iterator[Finding]:
    for some in slices(Decision):
        for pk, image in strange().filter(**some).values_list("pk", "image"):
            said = f"Decision {pk} was made about other bytes than image {image} has."
            yield Finding(Kind.REVIEW, f"image/{image}", said, BY_HAND)
    for some in slices(Image):
        for pk in differing().filter(**some).order_by("pk").values_list("pk", flat=True):
            yield Finding(Kind.REVIEW, f"image/{pk}", f"Image {pk} says otherwise than its last decision.", DO, partial(repeat, pk))


def strange() -> QuerySet[Decision]:
    return Decision.objects.exclude(sha256=F("image__sha256")).order_by("pk")


def differing() -> QuerySet[Image]:
    """Each half names what it needs, so that an image nobody ever looked at is not asked about."""
    decided = Image.objects.annotate(last=Subquery(OF_IT.values("pk")[:1]), verdict=Subquery(OF_IT.values("verdict")[:1]))
    forgotten = Q(decision=None) & (Exists(OF_IT) | ~Q(review__in=OPEN))
    undone = Q(verdict="undone") & ~Q(review=Review.WAITING)
    other = ~Q(decision=F("last")) | undone | (~Q(verdict="undone") & ~Q(review=F("verdict")))
    return decided.filter(forgotten | (Q(decision__isnull=False) & other))


@transaction.atomic
def repeat(pk: int) -> bool:
    image = Image.objects.select_for_update(no_key=True).get(pk=pk)
    last = image.decisions.order_by("-number").first()
    if last is None:
        Image.objects.filter(pk=pk).update(decision=None, review="")
    else:
        standing(image, last)
    search.renew([pk])
    return True
