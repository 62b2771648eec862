"""A page of the gallery: found in the index, read by number, drawn by day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generations.gallery.tiles import CUT, Tile, own_badges, row_of, tiles
from generations.models import Mark
from generations.search.find import NEWEST
from generations.web.filters import Filter, date_in, number
from generations.web.found import bound, numbers, readable
from generations.web.requests import StudioRequest

PAGE = 60


@dataclass(frozen=True)
class Day:
    date: date
    tiles: SafeString

    @property
    def section(self) -> SafeString:
        before, after = frame(self.date, timezone.localdate(), get_language())
        return SafeString(f"{before}{self.tiles}{after}")


@dataclass(frozen=True)
class Wall:
    days: list[Day]
    next: int | None = None  # below which the next page begins

    @property
    def last(self) -> str:
        return self.days[-1].date.isoformat() if self.days else ""

    @property
    def sections(self) -> SafeString:
        return SafeString("".join(day.section for day in self.days))


def look(request: StudioRequest, chosen: Filter, before: int = NEWEST, *, trash: bool = False) -> Wall:
    found = numbers(request, chosen, PAGE + 1, before, trash=trash)
    shown = found[:PAGE]
    days = list(by_day(request, shown, tiles(readable(request, trash=trash).filter(pk__in=shown)), link(chosen))) if shown else []
    return Wall(days, shown[-1] if len(found) > PAGE else None)


def start(request: StudioRequest) -> int:
    """Below which image a page begins: after another page, or at the end of a day."""
    if before := number(request.GET, "before", NEWEST):
        return before
    return bound(request, at + timedelta(days=1)) if (at := date_in(request.GET, "at")) else NEWEST


def by_day(request: StudioRequest, shown: Sequence[int], found: Mapping[int, Tile], query: str) -> Iterator[Day]:
    own = marked(request, shown)
    there = [(pk, found[pk]) for pk in shown if pk in found]
    for day, group in groupby(there, key=lambda one: one[1].day):
        yield Day(day, row_of(group, query, own))


@lru_cache(maxsize=1000)
def frame(day: date, today: date, language: str) -> tuple[str, str]:
    """A day as it stands around its pictures."""
    near = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}.get(day)
    before, _cut, after = render_to_string("gallery/_day.html", {"day": day, "near": near, "tiles": CUT}).partition(CUT)
    return before, after


def marked(request: StudioRequest, images: Iterable[int]) -> dict[int, str]:
    """What this person thinks of them, as badges."""
    language, found = get_language(), Mark.objects.filter(user=request.user, image__in=images)
    return {pk: own_badges(starred, rating, language) for pk, starred, rating in found.values_list("image_id", "starred", "rating")}


def link(chosen: Filter) -> str:
    """Tells the page of an image in which list it is looked at."""
    return urlencode({"in": "gallery", **chosen.chosen})


def ways_out(request: StudioRequest, chosen: Filter) -> list[str]:
    """Filters without any one of which there would be something to see."""
    return [name for name in chosen.chosen if len(chosen.chosen) > 1 and numbers(request, chosen.without(name), 1)]
