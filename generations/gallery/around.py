"""What stands beside an image in the list it is looked at in: in a card, the pictures that came together.

Its neighbours are found by its own place, not by counting.
"""

from dataclasses import dataclass

from django.db.models import Q

from generations.gallery.listing import Listing, listing
from generations.gallery.thumbs import Thumb, address
from generations.models import Collection, Image
from generations.web.filters import Filter
from generations.web.found import numbers, placed, readable
from generations.web.requests import StudioRequest

SIDE = 8  # pictures on each side

Sides = tuple[list[Image], list[Image]]


@dataclass(frozen=True)
class Around:
    before: list[Image]  # in the list's order: the nearest is the last
    image: Image
    after: list[Image]
    place: Listing

    @property
    def thumbs(self) -> list[Thumb]:
        return [Thumb(one, self.place.query, one == self.image) for one in [*self.before, self.image, *self.after]]

    @property
    def beside(self) -> Image | None:
        """The nearest one, to compare it with."""
        return next(iter([*self.after[:1], *self.before[-1:]]), None)

    @property
    def previous(self) -> str:
        return address(self.before[-1], self.place.query) if self.before else ""

    @property
    def next(self) -> str:
        return address(self.after[0], self.place.query) if self.after else ""


def around(request: StudioRequest, image: Image) -> Around:
    found = listing(request, image)
    if found.collection is not None:
        before, after = in_collection(request, image, found.collection)
    elif found.chosen is not None:
        before, after = in_gallery(request, image, found.chosen)
    else:
        before, after = in_card(request, image)
    return Around(before, image, after, found)


def in_card(request: StudioRequest, image: Image) -> Sides:
    """What came together, in the order it was asked for."""
    rows = list(readable(request).filter(generation=image.generation_id).select_related("generation").order_by("index", "pk"))
    place = next((number for number, one in enumerate(rows) if one == image), 0)
    return rows[:place], rows[place + 1 :]


def in_collection(request: StudioRequest, image: Image, collection: Collection) -> Sides:
    """One that lies in none of its places came from the lineage of one that does."""
    rows = placed(request, collection).select_related("image__generation")
    here = rows.filter(image=image).first()
    if here is None:
        return in_card(request, image)
    earlier = Q(position__lt=here.position) | Q(position=here.position, image__lt=image.pk)
    before = rows.filter(earlier).order_by("-position", "-image")[:SIDE]
    after = rows.exclude(earlier).exclude(pk=here.pk)[:SIDE]
    return [one.image for one in before][::-1], [one.image for one in after]


def in_gallery(request: StudioRequest, image: Image, chosen: Filter) -> Sides:
    """Newest first. An image that no longer matches keeps its place between those that do."""
    newer = numbers(request, chosen, SIDE, after=image.pk, oldest_first=True)[::-1]
    older = numbers(request, chosen, SIDE, before=image.pk)
    rows = readable(request).filter(pk__in=[*newer, *older]).select_related("generation").in_bulk()
    return [rows[pk] for pk in newer if pk in rows], [rows[pk] for pk in older if pk in rows]
