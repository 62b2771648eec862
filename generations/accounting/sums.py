"""What pages read: kept figures, added up by whatever they are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
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

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in NAMES})


NAMES = tuple(field.name for field in fields(Sums))
SUMMED = {name: Sum(name) for name in NAMES}


def between(team: Team | None, since: date, until: date) -> QuerySet[Tally]:
    """Both days are part of it. None: of all teams."""
    return Tally.objects.filter(day__range=(since, until), **({"team": team} if team else {})).order_by()


def grouped(rows: QuerySet[Tally], *by: str) -> list[tuple[Any, Sums]]:
    """By one column its value, by several a tuple; the dearest first, then the busiest."""
    found = [(key_of(row, by), sums(row)) for row in rows.values(*by).annotate(**{f"sum_{name}": sum for name, sum in SUMMED.items()})]
    return sorted(found, key=lambda one: (-one[1].spent, -one[1].delivered, -one[1].requests, str(one[0])))


def key_of(row: dict[str, Any], by: tuple[str, ...]) -> Any:
    return row[by[0]] if len(by) == 1 else tuple(row[name] for name in by)


def sums(row: dict[str, Any]) -> Sums:
    return Sums(**{name: int(row[f"sum_{name}"] or 0) for name in NAMES})


def add_up(parts: Iterable[Sums]) -> Sums:
    return sum(parts, Sums())
