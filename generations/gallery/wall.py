"""A page of the gallery: found in the index, read by number, drawn by day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generations import search
from generations.gallery.filters import Filter, date_in, discarded, number, visible
from generations.gallery.tiles import CUT, Tile, row_of, tiles
from generations.models import Image, Mark, Role
from generations.search.find import NEWEST
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


def numbers(
    request: StudioRequest,
    chosen: Filter,
    limit: int,
    before: int = NEWEST,
    after: int = 0,
    *,
    trash: bool = False,
    oldest_first: bool = False,
) -> list[int]:
    """Newest first, between two images and within the dates that were chosen."""
    seen = discarded(request) if trash else visible(request)
    oldest = bound(request, chosen.since) if chosen.since else 1
    newest = bound(request, chosen.until + timedelta(days=1)) if chosen.until else NEWEST
    parts = [seen, *chosen.parts(request.user)]
    return search.find(parts, limit, min(before, newest), max(after, oldest - 1), oldest_first=oldest_first)


def readable(request: StudioRequest, *, trash: bool = False) -> QuerySet[Image]:
    """The index proposes, this decides."""
    everything, administrates = Image.objects.stored(), request.membership.may(Role.ADMIN)
    rule = everything.trashed_by if trash else everything.kept().seen_by
    return rule(request.user, request.team, administrates=administrates)


def bound(request: StudioRequest, day: date) -> int:
    """The number of the first image of a day, or what it would be: numbers and times grow together."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    last = Image.objects.filter(team=request.team, created_at__lt=begins).order_by("-created_at").values_list("pk", flat=True).first()
    return (last or 0) + 1


def start(request: StudioRequest) -> int:
    """Below which image a page begins: after another page, or at the end of a day."""
    if before := number(request.GET, "before", NEWEST):
        return before
    return bound(request, at + timedelta(days=1)) if (at := date_in(request.GET, "at")) else NEWEST


def by_day(request: StudioRequest, shown: Sequence[int], found: Mapping[int, Tile], query: str) -> Iterator[Day]:
    stars = starred(request, shown)
    there = [(pk, found[pk]) for pk in shown if pk in found]
    for day, group in groupby(there, key=lambda one: one[1].day):
        yield Day(day, row_of(group, query, stars))


@lru_cache(maxsize=1000)
def frame(day: date, today: date, language: str) -> tuple[str, str]:
    """A day as it stands around its pictures."""
    near = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}.get(day)
    before, _cut, after = render_to_string("gallery/_day.html", {"day": day, "near": near, "tiles": CUT}).partition(CUT)
    return before, after


def starred(request: StudioRequest, images: Iterable[int]) -> set[int]:
    return set(Mark.objects.filter(user=request.user, starred=True, image__in=images).values_list("image_id", flat=True))


def link(chosen: Filter) -> str:
    """Tells the page of an image in which list it is looked at."""
    return urlencode({"in": "gallery", **chosen.chosen})


def ways_out(request: StudioRequest, chosen: Filter) -> list[str]:
    """Filters without any one of which there would be something to see."""
    return [name for name in chosen.chosen if len(chosen.chosen) > 1 and numbers(request, chosen.without(name), 1)]
