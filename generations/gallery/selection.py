"""What was chosen: pictures one by one, or everything that a filter shows."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from generations.models import Image
from generations.web.filters import Filter
from generations.web.found import numbers, readable
from generations.web.requests import StudioRequest

MOST = 1_000  # pictures that one click may change


def chosen(request: StudioRequest, *, trash: bool = False) -> QuerySet[Image]:
    """What is not there for this person is left out without a word; so is what nobody would call the number of a picture."""
    images = readable(request, trash=trash)
    if request.POST.get("all"):
        return images.filter(pk__in=numbers(request, filter_of(request), MOST, trash=trash))
    return images.filter(uid__in=named(request)[:MOST])


def filter_of(request: HttpRequest) -> Filter:
    return Filter.read(QueryDict(request.POST.get("filter", "")))


def named(request: HttpRequest) -> list[UUID]:
    """A page sends a field for each, its script all of them in one."""
    said = " ".join(request.POST.getlist("image")).split()
    return [uid for text in dict.fromkeys(said) if (uid := read(text))]


def read(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
