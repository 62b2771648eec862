"""Ways to a date: the last twelve months, and the years before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from generations.gallery.wall import Wall
from generations.models import Image
from generations.web.filters import Filter
from generations.web.requests import StudioRequest

MONTHS = 12


@dataclass(frozen=True)
class Stop:
    at: date  # its last day
    label: str
    year: bool = False


def months(request: StudioRequest, chosen: Filter, wall: Wall) -> str:
    first = Image.objects.filter(team=request.team).order_by("created_at").values_list("created_at", flat=True).first()
    if first is None or not wall.days:
        return ""
    return drawn(timezone.localdate(first), timezone.localdate(), end_of(wall.days[0].date), chosen.query, get_language())


@lru_cache(maxsize=500)
def drawn(first: date, today: date, here: date, query: str, language: str) -> str:
    found = list(stops(end_of(first), end_of(today)))
    return render_to_string("gallery/_dates.html", {"stops": found, "here": here, "query": query}) if len(found) > 2 else ""


def stops(first: date, last: date) -> Iterator[Stop]:
    """Newest first. A year stands above its months; long ago there are only years."""
    day, year = last, 0
    for _month in range(MONTHS):
        if day < first:
            return
        if day.year != year:
            yield Stop(min(last, end_of(date(day.year, 12, 1))), str(day.year), year=True)
        yield Stop(day, date_format(day, "M"))
        day, year = day.replace(day=1) - timedelta(days=1), day.year
    for earlier in range(day.year if day.year != year else day.year - 1, first.year - 1, -1):
        yield Stop(date(earlier, 12, 31), str(earlier), year=True)


def end_of(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
