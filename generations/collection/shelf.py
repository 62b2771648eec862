"""Collections as they lie side by side: four pictures, a name, a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from generations.models import Collection, Image, Placement
from generations.web import seen
from generations.web.requests import StudioRequest

PAGE = 24
FACES = 4


@dataclass(frozen=True)
class Row:
    collection: Collection
    faces: list[Image]
    count: int


@dataclass(frozen=True)
class Shelf:
    rows: list[Row]
    older: str  # where the next page begins

    @classmethod
    def page(cls, request: StudioRequest, before: str = "") -> Self:
        """What was changed last comes first."""
        found = Collection.objects.seen_by(request.user, request.team).select_related("user").order_by("-changed_at", "-pk")
        if place := named(before):
            found = found.filter(Q(changed_at__lt=place.changed_at) | Q(changed_at=place.changed_at, pk__lt=place.pk))
        page = list(found.annotate(**faces(request))[: PAGE + 1])
        shown = page[:PAGE]
        return cls(rows(request, shown), str(shown[-1].uid) if len(page) > PAGE else "")


def named(uid: str) -> Collection | None:
    try:
        return Collection.objects.filter(uid=UUID(uid)).first()
    except ValueError:
        return None


def faces(request: StudioRequest) -> dict[str, Subquery]:
    """The first four that this person may see: so many looks into the index of each, however much lies in it."""
    seen_ones = seen.images(request).kept().order_by()
    placed = Placement.objects.filter(collection=OuterRef("pk"), image__in=seen_ones).order_by("position", "image")
    return {f"face_{number}": Subquery(placed.values("image")[number : number + 1]) for number in range(FACES)}


def rows(request: StudioRequest, collections: Sequence[Collection]) -> list[Row]:
    wanted = {one.pk: [getattr(one, f"face_{number}") for number in range(FACES)] for one in collections}
    numbers = {number for found in wanted.values() for number in found if number}
    images = Image.objects.filter(pk__in=numbers).select_related("generation").in_bulk()
    counts = count(collections)
    return [Row(one, [images[number] for number in wanted[one.pk] if number in images], counts.get(one.pk, 0)) for one in collections]


def count(collections: Sequence[Collection]) -> dict[int, int]:
    """Read from the index alone; what is in the trash, or private to somebody else, is counted too."""
    placed = Placement.objects.filter(collection__in=collections).order_by().values("collection")
    return dict(placed.annotate(n=Count("pk")).values_list("collection", "n"))
