"""The list an image is looked at in, and what stands beside it there.

The address says which list: nothing, and it is the pictures that came together; `collection`, and it is that collection in its
order; `in=gallery`, and it is the gallery with the filters that follow. Whatever it is, its neighbours are found by its own
place, not by counting.
"""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generations.gallery.collected import placed
from generations.gallery.filters import Filter
from generations.gallery.thumbs import Thumb, address
from generations.gallery.wall import numbers, readable
from generations.models import Collection, Image
from generations.web.requests import StudioRequest

SIDE = 8  # pictures on each side


@dataclass(frozen=True)
class Around:
    before: list[Image]  # in the list's order: the nearest is the last
    image: Image
    after: list[Image]
    query: str = ""
    back: str = ""  # the page of this list
    title: str | Promise = ""

    @property
    def thumbs(self) -> list[Thumb]:
        return [Thumb(one, self.query, one == self.image) for one in [*self.before, self.image, *self.after]]

    @property
    def beside(self) -> Image | None:
        """The nearest one, to compare it with."""
        return next(iter([*self.after[:1], *self.before[-1:]]), None)

    @property
    def previous(self) -> str:
        return address(self.before[-1], self.query) if self.before else ""

    @property
    def next(self) -> str:
        return address(self.after[0], self.query) if self.after else ""


def around(request: StudioRequest, image: Image) -> Around:
    if collection := collection_of(request):
        return in_collection(request, image, collection)
    if request.GET.get("in") == "gallery":
        return in_gallery(request, image, Filter.read(request.GET))
    return in_card(request, image)


def in_card(request: StudioRequest, image: Image) -> Around:
    """What came together, in the order it was asked for."""
    rows = list(readable(request).filter(generation=image.generation_id).select_related("generation").order_by("index", "pk"))
    place = next((number for number, one in enumerate(rows) if one == image), 0)
    return Around(rows[:place], image, rows[place + 1 :], back=reverse("gallery"), title=_("Gallery"))


def collection_of(request: StudioRequest) -> Collection | None:
    try:
        uid = UUID(request.GET.get("collection", ""))
    except ValueError:
        return None
    return Collection.objects.seen_by(request.user, request.team).filter(uid=uid).first()


def in_collection(request: StudioRequest, image: Image, collection: Collection) -> Around:
    rows = placed(request, collection).select_related("image__generation")
    here = rows.filter(image=image).first()
    if here is None:
        return in_card(request, image)
    earlier = Q(position__lt=here.position) | Q(position=here.position, image__lt=image.pk)
    before = rows.filter(earlier).order_by("-position", "-image")[:SIDE]
    after = rows.exclude(earlier).exclude(pk=here.pk)[:SIDE]
    return Around(
        [one.image for one in before][::-1],
        image,
        [one.image for one in after],
        query=f"collection={collection.uid}",
        back=reverse("collection", args=[collection.uid]),
        title=collection.name,
    )


def in_gallery(request: StudioRequest, image: Image, chosen: Filter) -> Around:
    """Newest first. An image that no longer matches keeps its place between those that do."""
    newer = numbers(request, chosen, SIDE, after=image.pk, oldest_first=True)[::-1]
    older = numbers(request, chosen, SIDE, before=image.pk)
    rows = readable(request).filter(pk__in=[*newer, *older]).select_related("generation").in_bulk()
    return Around(
        [rows[pk] for pk in newer if pk in rows],
        image,
        [rows[pk] for pk in older if pk in rows],
        query=urlencode({"in": "gallery", **chosen.chosen}),
        back=f"{reverse('gallery')}?{chosen.query}".rstrip("?"),
        title=_("Gallery"),
    )
