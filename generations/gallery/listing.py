"""The list an image is looked at in, as the address says it: `in=feed`, and it was opened from its card; `collection`, and it is that
collection in its order; `in=gallery`, and it is the gallery with the filters that follow. Every link from there says it again.
"""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generations.models import Collection, Image
from generations.web.filters import Filter
from generations.web.requests import StudioRequest

FEED = "in=feed"


@dataclass(frozen=True)
class Listing:
    query: str = ""
    back: str = ""  # the page of this list
    title: str | Promise = ""
    collection: Collection | None = None
    chosen: Filter | None = None


def listing(request: StudioRequest, image: Image) -> Listing:
    if collection := collection_of(request):
        back = reverse("collection", args=[collection.uid])
        return Listing(f"collection={collection.uid}", back, collection.name, collection=collection)
    if request.GET.get("in") == "gallery":
        chosen = Filter.read(request.GET)
        back = f"{reverse('gallery')}?{chosen.query}".rstrip("?")
        return Listing(urlencode({"in": "gallery", **chosen.chosen}), back, _("Gallery"), chosen=chosen)
    if request.GET.get("in") == "feed":
        return Listing(FEED, f"{reverse('compose')}#card-{image.generation.uid}", _("Create"))
    return Listing(back=reverse("gallery"), title=_("Gallery"))


def collection_of(request: StudioRequest) -> Collection | None:
    try:
        uid = UUID(request.GET.get("collection", ""))
    except ValueError:
        return None
    return Collection.objects.seen_by(request.user, request.team).filter(uid=uid).first()
