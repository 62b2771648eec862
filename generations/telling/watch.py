"""Looks at what has changed, every few seconds, on every node."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from generations import jobs
from generations.models import Bookmark, Comment, Decision, Delivery, JournalLine, Notice
from generations.telling import calls, letters
from generations.telling.looks import budgets, gates, requests, reviews, spending
from generations.telling.news import News, publish

OVERLAP = timedelta(minutes=1)  # no transaction of ours takes longer
STEP = timedelta(seconds=30)  # bookmarks are moved no more often: looking again costs less than writing
PAGE = 500
PREFIX = "telling/"
KEPT = timedelta(days=90)
DELIVERIES_KEPT = timedelta(days=30)

log = logging.getLogger("studio.telling")


class Look(Protocol):
    @property
    def name(self) -> str: ...

    def look(self, mark: Bookmark | None, now: datetime) -> None: ...


@dataclass(frozen=True)
class Since:
    """At rows that carry the time they last changed."""

    name: str
    read: Callable[[datetime], Iterable[Sequence[News]]]

    def look(self, mark: Bookmark | None, now: datetime) -> None:
        if mark is None or mark.at > now + 2 * OVERLAP:  # the first time, or the clock was set back: what is past is not told
            begin(self.name, now)
            return
        for news in self.read(mark.at - OVERLAP):
            publish(news)
        if now - mark.at > STEP:
            Bookmark.objects.filter(pk=mark.pk, at=mark.at).update(at=now)


@dataclass(frozen=True)
class After:
    """At rows that are only ever added, by their number."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    read: Callable[[Sequence[Any]], Sequence[News]]

    def look(self, mark: Bookmark | None, now: datetime) -> None:
        if mark is None:
            newest = self.rows().order_by("-pk").values_list("pk", flat=True).first()
            begin(self.name, now, newest or 0)
            return
        settled = mark.number
        for page in pages(self.rows(), mark.number):
            publish(self.read(page))
            settled = next((row.pk for row in reversed(page) if row.at < now - OVERLAP), settled)
        if settled > mark.number and now - mark.at > STEP:
            Bookmark.objects.filter(pk=mark.pk, number=mark.number).update(number=settled, at=now)


@dataclass(frozen=True)
class Now:
    """At how things stand; whoever looks remembers what was told."""

    name: str
    run: Callable[[datetime], None]

    def look(self, mark: Bookmark | None, now: datetime) -> None:
        self.run(now)


def begin(name: str, now: datetime, number: int = 0) -> None:
    """A studio that has a history tells nobody of it."""
    Bookmark.objects.update_or_create(name=name, defaults={"at": now + OVERLAP, "number": number})


def pages(rows: QuerySet[Any], number: int) -> Iterator[list[Any]]:
    while page := list(rows.filter(pk__gt=number).order_by("pk")[:PAGE]):
        yield page
        number = page[-1].pk


LOOKS: tuple[Look, ...] = (
    Since("telling/requests", requests.ended),
    Since("telling/spending", spending.asked),
    Since("telling/reviews", reviews.asked),
    After("telling/decisions", Decision.objects.select_related("image__generation", "image__team", "user").all, reviews.decided),
    After("telling/comments", Comment.objects.select_related("image__generation", "image__team", "user", "share").all, reviews.said),
    After("telling/spoken", JournalLine.objects.all, spending.decided),
    Now("telling/budgets", budgets.reached),
    Now("telling/paused", gates.paused),
)


def watch() -> None:
    now = timezone.now()
    marks = {mark.name: mark for mark in Bookmark.objects.filter(name__startswith=PREFIX)}
    for look in LOOKS:
        try:
            look.look(marks.get(look.name), now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # whatever is wrong with one of them, the others go on
            log.exception("%s could not be told.", look.name)
    if letters.due(now):
        jobs.ring("letters")
    if calls.due(now):
        jobs.ring("calls")


def purge(now: datetime) -> None:
    """For every night."""
    Notice.objects.filter(at__lt=now - KEPT).delete()
    Delivery.objects.filter(created_at__lt=now - DELIVERIES_KEPT).delete()
