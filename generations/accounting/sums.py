"""What pages read: kept figures, added up by whatever they are asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet, Sum

from generations.models import Tally, Team


@dataclass(frozen=True)
class Sums:
    requests: int = 0
    delivered: int = 0
    missing: int = 0
    approved: int = 0
    rejected: int = 0
    broken: int = 0
    refused: int = 0
    failed: int = 0
    unknown: int = 0
    empty: int = 0
    spent: int = 0
    held: int = 0
    wasted: int = 0

    @property
    def per_approved(self) -> int | None:
        """All that was spent, also on what nobody approved: that is what an approved image costs."""
        return round(self.spent / self.approved) if self.approved else None

    @property
    def kept(self) -> float | None:
        """Of a hundred images, as they were promised."""
        return 100 * (1 - self.broken / self.delivered) if self.delivered else None


NAMES = tuple(field.name for field in fields(Sums))
FIGURES = attrgetter(*NAMES)


def between(team: Team | None, since: date, until: date) -> QuerySet[Tally]:
    """Both days are part of it. None: of all teams."""
    return Tally.objects.filter(day__range=(since, until), **({"team": team} if team else {})).order_by()


def grouped(rows: QuerySet[Tally], *by: str, only: Sequence[str] = NAMES) -> list[tuple[Any, Sums]]:
    """By one column its value, by several a tuple; the dearest first. A year has many rows: only what is asked for is summed up."""
    wanted = {f"sum_{name}": Sum(name) for name in only}
    found = []
    for row in rows.values_list(*by).annotate(**wanted):
        figures = dict(zip(only, map(int, row[len(by) :]), strict=True))
        found.append((row[0] if len(by) == 1 else row[: len(by)], Sums(**figures)))
    return sorted(found, key=dearest)


def merged(found: Iterable[tuple[Any, Sums]], key: Callable[[Any], Any]) -> list[tuple[Any, Sums]]:
    """By less than they were grouped by."""
    parts: dict[Any, list[Sums]] = defaultdict(list)
    for whole, sums in found:
        parts[key(whole)].append(sums)
    added = [(name, add_up(each)) for name, each in parts.items()]
    return sorted(added, key=dearest)


def dearest(one: tuple[Any, Sums]) -> tuple[int, int, int, str]:
    return -one[1].spent, -one[1].delivered, -one[1].requests, str(one[0])


def add_up(parts: Iterable[Sums]) -> Sums:
    return Sums(*map(sum, zip(*map(FIGURES, parts), strict=True)))
