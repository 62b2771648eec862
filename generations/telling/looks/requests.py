"""Requests that have ended. Requests sent with one click are told of together, when the last of them has ended."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from generations.models import RUNNING, Attempt, Event, Generation, Image, Status, User
from generations.telling.audience import Audience
from generations.telling.body import of_generation
from generations.telling.news import News

PAGE = 500
EVENTS = {
    Status.DONE: Event.DONE,
    Status.PARTIAL: Event.DONE,
    Status.REFUSED: Event.FAILED,
    Status.FAILED: Event.FAILED,
    Status.EXPIRED: Event.FAILED,
    Status.UNKNOWN: Event.UNKNOWN,
}
OPEN = (*RUNNING, Status.ASKING)


@dataclass(frozen=True)
class Batch:
    open: int
    done: int
    failed: int
    unknown: int
    held: int

    @property
    def event(self) -> Event | None:
        """None: there is nothing to say, or not yet."""
        if self.open or not self.total:
            return None
        return Event.DONE if self.done else Event.UNKNOWN if self.unknown else Event.FAILED

    @property
    def total(self) -> int:
        return self.done + self.failed + self.unknown

    @property
    def details(self) -> dict[str, int]:
        return {"requests": self.total, "done": self.done, "failed": self.failed, "unknown": self.unknown}


def ended(since: datetime) -> Iterator[list[News]]:
    """By when they last changed, for which there is an index; what ended long ago and was only touched is no news."""
    rows = Generation.objects.filter(finished_at__gte=since).select_related("team", "user", "account").defer("request")
    for page in pages(rows, since):
        found = [row for row in page if row.status in EVENTS or row.status == Status.CANCELLED]
        yield list(Ended(found).news()) if found else []


def pages(rows: QuerySet[Any], since: datetime) -> Iterator[list[Generation]]:
    at, pk = since, 0
    while page := list(rows.filter(changed_at__gte=at).exclude(changed_at=at, pk__lte=pk).order_by("changed_at", "pk")[:PAGE]):
        yield page
        at, pk = page[-1].changed_at, page[-1].pk


class Ended:
    """Some requests, and what has to be known to tell of them: a few questions, however many there are."""

    def __init__(self, rows: Sequence[Generation]) -> None:
        self.rows = rows
        self.audience = Audience(row.team_id for row in rows)
        self.images: dict[int, list[Image]] = defaultdict(list)
        came = Image.objects.stored().filter(generation__in=[row.pk for row in rows]).order_by("generation", "index")
        for image in came.only("uid", "generation"):
            self.images[image.generation_id].append(image)
        self.batches = batches({row.batch for row in rows if row.batch})
        doubtful = [row.pk for row in rows if row.status == Status.UNKNOWN]
        newest = Attempt.objects.filter(generation__in=doubtful).order_by().values_list("generation").annotate(number=Max("number"))
        self.attempts: dict[int, int] = dict(newest) if doubtful else {}
        unsure = doubtful or any(batch.unknown for batch in self.batches.values())
        self.site = tuple(User.objects.administrators()) if unsure else ()

    def news(self) -> Iterator[News]:
        for row in self.rows:
            if row.status in EVENTS:
                yield from self.single(row)
        for row in {row.batch: row for row in self.rows if row.batch}.values():
            yield from self.together(row)

    def single(self, row: Generation) -> Iterator[News]:
        event = EVENTS[Status(row.status)]
        key = f"{event}/{row.pk}" + (f"/{self.attempts[row.pk]}" if event == Event.UNKNOWN else "")  # each paid call may be in doubt
        images = self.images[row.pk]
        users = () if row.batch else self.author(row)
        subject = None if row.private else partial(of_generation, row, images)
        details = {"images": len(images), "asked": row.images_asked}
        yield News(event, key, users, row.team, row, next(iter(images), None), details, subject=subject)
        if event == Event.UNKNOWN and not row.batch:
            yield self.in_doubt(row, key, 1, row.held)

    def together(self, row: Generation) -> Iterator[News]:
        batch, key = self.batches[row.batch], f"batch/{row.batch}"
        if batch.event:
            yield News(batch.event, key, self.author(row), row.team, row, None, batch.details)
            if batch.unknown:
                yield self.in_doubt(row, key, batch.unknown, batch.held)

    def author(self, row: Generation) -> tuple[User, ...]:
        return self.audience.people(row.team_id, [row.user_id])

    def in_doubt(self, row: Generation, key: str, count: int, held: int) -> News:
        """Only a site administrator can look at the provider's bill. Whoever is its author as well is told as that."""
        users = tuple(user for user in self.site if user.pk != row.user_id)
        return News(Event.UNKNOWN, key, users, details={"account": row.account.name, "requests": count, "held": held})


def batches(wanted: set[UUID]) -> dict[UUID | None, Batch]:
    if not wanted:
        return {}
    done, failed = (Status.DONE, Status.PARTIAL), (Status.REFUSED, Status.FAILED, Status.EXPIRED)
    rows = Generation.objects.filter(batch__in=wanted).order_by().values("batch")
    counted = rows.annotate(
        open=Count("pk", filter=Q(status__in=OPEN)),
        done=Count("pk", filter=Q(status__in=done)),
        failed=Count("pk", filter=Q(status__in=failed)),
        unknown=Count("pk", filter=Q(status=Status.UNKNOWN)),
        doubt=Sum("held", filter=Q(status=Status.UNKNOWN)),
    )
    return {row["batch"]: Batch(row["open"], row["done"], row["failed"], row["unknown"], row["doubt"] or 0) for row in counted}
