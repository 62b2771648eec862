"""Lists by name, a page at a time: the next page begins after a row, so that no page costs more than the first."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

PAGE = 50

Row = TypeVar("Row", bound=Model)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def by_name(rows: QuerySet[Row], after: int | None, name: str = "name") -> tuple[list[Row], int | None]:
    """Those after that one, and the one after which there are more."""
    last = rows.filter(pk=after).values_list(name, flat=True).first() if after else None
    if last is not None:
        rows = rows.filter(Q(**{f"{name}__gt": last}) | Q(**{name: last, "pk__gt": after}))
    found = list(rows.order_by(name, "pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def newest(rows: QuerySet[Row], before: int | None, size: int = PAGE) -> tuple[list[Row], int | None]:
    found = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
