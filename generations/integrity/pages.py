"""All rows, some at a time: no query takes long, and none of them is kept in memory."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Max, Min, Model, Q, QuerySet

PAGE = 1000
SLICE = 10_000

Row = TypeVar("Row", bound=Model)


def by_number(rows: QuerySet[Row]) -> Iterator[Row]:
    after = 0
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:PAGE]):
        yield from page
        after = page[-1].pk


def by_hash(rows: QuerySet[Row]) -> Iterator[tuple[str, Row]]:
    """In the order of their files' names."""
    last, number = "", 0
    while page := list(rows.filter(Q(sha256__gt=last) | Q(pk__gt=number), sha256__gte=last).order_by("sha256", "pk")[:PAGE]):
        for row in page:
            last, number = getattr(row, "sha256"), row.pk  # noqa: B009  # not every model has one
            yield last, row


def slices(model: type[Model], field: str = "pk") -> Iterator[dict[str, Any]]:
    """For questions that the database answers alone: so many rows for each time it is asked."""
    ends = model._default_manager.aggregate(first=Min("pk"), last=Max("pk"))
    for start in range((ends["first"] or 1) - 1, ends["last"] or 0, SLICE):
        yield {f"{field}__gt": start, f"{field}__lte": start + SLICE}
