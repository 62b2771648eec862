"""From which day to which. Days are those of the studio's own clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

KINDS = ("week", "month", "quarter", "year")
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
EARLIER = 12  # months in the menu
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    kind: str
    since: date
    until: date  # the last day that is part of it
    today: date

    @property
    def query(self) -> str:
        if self.kind == "month":
            return "" if self.current else f"month={self.since:%Y-%m}"
        return f"period={self.kind}"

    @property
    def current(self) -> bool:
        return self.until >= self.today

    @property
    def last(self) -> date:
        """Nothing has happened after today."""
        return min(self.until, self.today)

    @property
    def label(self) -> str:
        if self.kind == "month":
            return month_name(self.since, self.today)
        names = {"week": _("the last 7 days"), "quarter": _("this quarter"), "year": _("this year")}
        return names[self.kind]

    @property
    def days(self) -> list[date]:
        return [self.since + DAY * number for number in range((self.until - self.since).days + 1)]

    @property
    def monthly(self) -> bool:
        """Too long for a bar a day."""
        return self.kind == "year"

    @property
    def before(self) -> "Period":
        """The one that it is compared with."""
        if self.kind == "week":
            return Period("week", self.since - 7 * DAY, self.since - DAY, self.today)
        return begun(self.kind, self.since - DAY, self.today)

    @property
    def before_label(self) -> str:
        names = {"week": _("7 days before"), "quarter": _("Quarter before"), "year": _("Year before")}
        return names.get(self.kind) or month_name(self.before.since, self.today)

    @property
    def span(self) -> str:
        """“1 to 20 November”, in the order of the language."""
        return f"{day_name(self.since)} – {day_name(self.last)}" if self.since != self.last else day_name(self.since)


def chosen(asked: dict[str, str]) -> Period:
    """What makes no sense is this month."""
    today = timezone.localdate()
    found = MONTH.fullmatch(asked.get("month", ""))
    if found and (first := date(int(found[1]), int(found[2]), 1)) <= today:
        return begun("month", first, today)
    kind = asked.get("period", "")
    return begun(kind if kind in KINDS else "month", today, today)


def begun(kind: str, day: date, today: date) -> Period:
    """The one that this day lies in."""
    if kind == "week":
        return Period(kind, day - 6 * DAY, day, today)
    first, months = day.replace(day=1), {"month": 1, "quarter": 3, "year": 12}[kind]
    first = first.replace(month=first.month - (first.month - 1) % months)
    return Period(kind, first, later(first, months) - DAY, today)


def later(first: date, months: int) -> date:
    whole = first.month - 1 + months
    return date(first.year + whole // 12, whole % 12 + 1, 1)


def earlier(today: date) -> Iterator[Period]:
    first = today.replace(day=1)
    for _month in range(EARLIER):
        first = (first - DAY).replace(day=1)
        yield begun("month", first, today)


def month_name(first: date, today: date) -> str:
    return date_format(first, "F" if first.year == today.year else "YEAR_MONTH_FORMAT")


def day_name(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
