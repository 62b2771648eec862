"""The tables of the page. The same lines are on it and in the files to take away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast, Left
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from generations.accounting import Sums, add_up, between, grouped, merged
from generations.accounting.sums import NAMES
from generations.models import ProviderAccount, Tally, Team, User
from generations.usage.periods import Period, day_name, month_name
from generations.usage.scope import Scope
from generations.web.facts import engine_name

SHOWN = 5  # people or teams beside the chart; there is a page with all of them, and a file


@dataclass(frozen=True)
class Line:
    name: str
    sums: Sums
    more: str = ""  # account, or where a link leads
    key: Any = None


@dataclass(frozen=True)
class Table:
    lines: list[Line]

    @property
    def total(self) -> Sums:
        return add_up(line.sums for line in self.lines)

    @property
    def most(self) -> int:
        """What the longest bar stands for."""
        return max((line.sums.spent for line in self.lines), default=0)

    def shortened(self) -> "Table":
        first, rest = self.lines[:SHOWN], self.lines[SHOWN:]
        if not rest:
            return self
        return Table([*first, Line(_("%(n)s others") % {"n": len(rest)}, add_up(line.sums for line in rest))])


Found = list[tuple[Any, Sums]]

ON_PAGE = ("requests", "delivered", "approved", "spent", "held", "wasted")  # of a person or a team


def rows_of(scope: Scope, period: Period) -> QuerySet[Tally]:
    return between(scope.team, period.since, period.until)


def summed(rows: QuerySet[Tally], period: Period) -> Found:
    """By place in the chart, engine and account, in one walk: most tables are part of this one."""
    if period.monthly:  # the beginning of a date as both databases write it; to count by months would cost more
        rows = rows.annotate(place=Left(Cast("day", CharField()), 7))
    return grouped(rows, "place" if period.monthly else "day", "engine", "account")


# Names are looked up by themselves: to join them would be done for every row that is summed up.


def engines(found: Found) -> Table:
    names = dict(ProviderAccount.objects.values_list("pk", "name"))
    lines = merged(found, lambda key: key[1:])
    return Table([Line(engine_name(engine), sums, names.get(account, ""), account) for (engine, account), sums in lines])


def people(rows: QuerySet[Tally], scope: Scope, only: Sequence[str] = NAMES) -> Table:
    found = grouped(rows, "user", only=only)
    if scope.names:
        names = dict(User.objects.filter(pk__in=[user for user, _sums in found]).values_list("pk", "name"))
        return Table([Line(names[user], sums, key=user) for user, sums in found])
    parts = dict(merged(found, lambda user: user == scope.user.pk))
    mine = Line(_("You"), parts.get(True, Sums()))
    return Table([mine, Line(_("Everybody else"), parts[False])] if False in parts else [mine])


def teams(rows: QuerySet[Tally], only: Sequence[str] = NAMES) -> Table:
    found = grouped(rows, "team", only=only)
    known = Team.objects.in_bulk([team for team, _sums in found])
    return Table([Line(known[team].name, sums, known[team].slug, team) for team, sums in found])


def accounts(by_engine: Table) -> Table:
    found = merged([((line.key, line.more), line.sums) for line in by_engine.lines], lambda key: key)
    return Table([Line(name, sums, key=key) for (key, name), sums in found])


# --- by day ---


@dataclass(frozen=True)
class Days:
    """Each with what its engines did; on a long way a month is a day."""

    period: Period
    found: dict[date, dict[str, Sums]]

    @property
    def table(self) -> Table:
        """The newest first."""
        lines = [Line(self.name(day), add_up(by.values()), key=day) for day, by in sorted(self.found.items(), reverse=True)]
        return Table(lines)

    @property
    def places(self) -> list[date]:
        """Of the chart: also those on which nothing happened."""
        days = self.period.days
        return [day for day in days if day.day == 1] if self.period.monthly else days

    def name(self, day: date) -> str:
        return month_name(day, self.period.today) if self.period.monthly else day_name(day)

    def word(self, day: date) -> str:
        """Under its bar, where there is room for one."""
        if self.period.kind == "week":
            return f"{date_format(day, 'D')} {day.day}"
        if self.period.kind == "month":
            return str(day.day) if day.day % 3 == 1 else ""
        return date_format(day, "M") if day.day == 1 else ""


def days(found: Found, period: Period) -> Days:
    parts: dict[date, dict[str, Sums]] = defaultdict(dict)
    for (place, engine), sums in merged(found, lambda key: (key[0], engine_name(key[1]))):
        parts[date.fromisoformat(f"{place}-01") if period.monthly else place][engine] = sums
    return Days(period, dict(parts))


# --- line by line ---


def everything(rows: QuerySet[Tally]) -> Iterator[tuple[tuple[str | date, ...], Sums]]:
    names = ("day", "team__name", "user__name", "engine", "account__name")
    ordered = rows.order_by("day", "team__name", "user__name", "engine", "account__name", "pk")
    for row in ordered.values_list(*names, *NAMES).iterator():
        yield row[: len(names)], Sums(*row[len(names) :])


def named(lines: Iterable[Line]) -> Iterator[tuple[tuple[str, ...], Sums]]:
    for line in lines:
        yield (line.name,), line.sums
