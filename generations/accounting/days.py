"""One day of one team, counted from its requests. A request belongs to the day it was made on, and so does all that becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, Self

from django.db import transaction
from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.utils import timezone

from generations.accounting.turn import take_turn
from generations.accounting.waste import losses
from generations.models import Attempt, Generation, Image, Review, Status, Tally

FIGURES = (
    *("requests", "delivered", "missing", "approved", "rejected", "broken"),
    *("refused", "failed", "unknown", "empty", "spent", "held", "wasted"),
)
TAKEN_ON = (Status.DONE, Status.PARTIAL, Status.FAILED, Status.EXPIRED)

Figures = dict[str, int]


class Key(NamedTuple):
    user_id: int
    engine: str
    account_id: int


@dataclass(frozen=True, order=True)
class Day:
    """As the studio's own clock has it: one day in spring has 23 hours."""

    team: int
    date: date

    @classmethod
    def of(cls, team: int, at: datetime) -> Self:
        return cls(team, timezone.localdate(at, timezone.get_default_timezone()))

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.date, time.min, timezone.get_default_timezone())

    @property
    def ends(self) -> datetime:
        return Day(self.team, self.date + timedelta(days=1)).begins

    def within(self, path: str = "") -> dict[str, Any]:
        """Requests that were made in it."""
        return {f"{path}team": self.team, f"{path}created_at__gte": self.begins, f"{path}created_at__lt": self.ends}


@transaction.atomic
def recount(day: Day) -> bool:
    """Whether anything was otherwise than it was kept. One at a time, or an older count could be written over a newer one."""
    take_turn()
    counted, known = count(day), kept(day)
    wrong = {key: figures for key, figures in counted.items() if known.get(key) != figures}
    gone = [Q(**key._asdict()) for key in known.keys() - counted.keys()]
    for which in gone:
        Tally.objects.filter(which, team=day.team, day=day.date).delete()
    rows = [Tally(team_id=day.team, day=day.date, **key._asdict(), **figures) for key, figures in wrong.items()]
    Tally.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["team", "day", "user", "engine", "account"], update_fields=FIGURES
    )
    return bool(wrong or gone)


def kept(day: Day) -> dict[Key, Figures]:
    rows = Tally.objects.filter(team=day.team, day=day.date).values_list(*Key._fields, *FIGURES)
    return {Key(*row[:3]): dict(zip(FIGURES, row[3:], strict=True)) for row in rows}


def count(day: Day) -> dict[Key, Figures]:
    found: dict[Key, Figures] = {}
    for key, figures in (*requests(day), *images(day), *waste(day)):
        sums = found.setdefault(key, dict.fromkeys((*FIGURES, "ended", "arrived"), 0))
        for name, figure in figures.items():
            sums[name] += figure
    for sums in found.values():
        sums["missing"] = max(0, sums.pop("ended") - sums.pop("arrived"))
    return found


def requests(day: Day) -> Iterator[tuple[Key, Figures]]:
    """All that were made, also those that were never sent."""

    def ended(*how: Status) -> Count:
        return Count("pk", filter=Q(status__in=how))

    return summed(
        Generation.objects.filter(**day.within()),
        "",
        requests=Count("pk"),
        refused=ended(Status.REFUSED),
        failed=ended(Status.FAILED, Status.EXPIRED),
        unknown=ended(Status.UNKNOWN),
        ended=Sum("images_asked", filter=Q(status__in=TAKEN_ON), default=0),
        spent=Sum("charged"),
        held=Sum("held"),
    )


def images(day: Day) -> Iterator[tuple[Key, Figures]]:
    """Those that came, whatever became of them since: thrown away or not, they were made, paid and perhaps approved."""
    return summed(
        Image.objects.filter(~Q(sha256=""), **day.within("generation__")),
        "generation__",
        delivered=Count("pk"),
        arrived=Count("pk", filter=Q(extra=False, generation__status__in=TAKEN_ON)),
        approved=Count("pk", filter=Q(review=Review.APPROVED)),
        rejected=Count("pk", filter=Q(review=Review.REJECTED)),
        broken=Count("pk", filter=~Q(broken=[])),
    )


def waste(day: Day) -> Iterator[tuple[Key, Figures]]:
    """A request counts once, however many of its calls came to nothing."""
    seen = set[int]()
    for loss in losses(Attempt.objects.filter(**day.within("generation__"))):
        yield Key(*loss.whose), {"empty": int(loss.generation not in seen), "wasted": loss.wasted}
        seen.add(loss.generation)


def summed(rows: QuerySet[Any], path: str, **figures: Aggregate) -> Iterator[tuple[Key, Figures]]:
    """For each person, engine and account. A sum may not be called like a column, so for the database they have other names."""
    key, named = [f"{path}{name}" for name in Key._fields], {f"sum_{name}": figure for name, figure in figures.items()}
    for row in rows.order_by().values_list(*key).annotate(**named):
        yield Key(*row[: len(key)]), {name: int(figure) for name, figure in zip(figures, row[len(key) :], strict=True)}
