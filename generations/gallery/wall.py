"""A page of the gallery: found in the index, read by number, drawn by day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from generations import search
from generations.gallery.filters import Filter, discarded, visible
from generations.gallery.tiles import Tile, draw, tiles
from generations.models import Image, Mark, Role
from generations.search.find import NEWEST
from generations.web.requests import StudioRequest

PAGE = 60


@dataclass(frozen=True)
class Day:
    date: date
    tiles: SafeString


@dataclass(frozen=True)
class Wall:
    days: list[Day]
    next: int | None  # where the next page begins
    newest: date | None = None
    oldest: date | None = None


def look(request: StudioRequest, chosen: Filter, before: int = NEWEST, *, trash: bool = False) -> Wall:
    found = numbers(request, chosen, PAGE + 1, before, trash=trash)
    shown = found[:PAGE]
    rows = tiles(readable(request, trash=trash).filter(pk__in=shown))
    days = list(by_day(rows, starred(request, shown), link(chosen)))
    ends = (rows[0].day, rows[-1].day) if rows else (None, None)
    return Wall(days, shown[-1] if len(found) > PAGE else None, *ends)


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
    oldest = bound(chosen.since) if chosen.since else 1
    newest = bound(chosen.until + timedelta(days=1)) if chosen.until else NEWEST
    parts = [seen, *chosen.parts(request.user)]
    return search.find(parts, limit, min(before, newest), max(after, oldest - 1), oldest_first=oldest_first)


def readable(request: StudioRequest, *, trash: bool = False) -> QuerySet[Image]:
    """The index proposes, this decides."""
    everything, administrates = Image.objects.stored(), request.membership.may(Role.ADMIN)
    rule = everything.trashed_by if trash else everything.kept().seen_by
    return rule(request.user, request.team, administrates=administrates)


def bound(day: date) -> int:
    """The number of the first image of a day, or what it would be: numbers and times grow together."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    last = Image.objects.filter(created_at__lt=begins).order_by("-created_at").values_list("pk", flat=True).first()
    return (last or 0) + 1


def by_day(rows: Sequence[Tile], stars: set[int], query: str) -> Iterator[Day]:
    for day, group in groupby(rows, key=lambda tile: tile.day):
        yield Day(day, mark_safe("".join(draw(tile, query, starred=tile.pk in stars) for tile in group)))  # noqa: S308  # of safe parts


def starred(request: StudioRequest, images: Iterable[int]) -> set[int]:
    return set(Mark.objects.filter(user=request.user, starred=True, image__in=images).values_list("image_id", flat=True))


def link(chosen: Filter) -> str:
    """Tells the page of an image in which list it is looked at."""
    return urlencode({"in": "gallery", **chosen.chosen})
