from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations import accounting
from generations.accounting import Sums, add_up
from generations.models import Team
from generations.pipeline.money import format_money
from generations.usage import tables
from generations.usage.budget import Budget, budget_of
from generations.usage.chart import Column, draw
from generations.usage.periods import KINDS, Period, begun, chosen, earlier
from generations.usage.scope import Scope, scope_of
from generations.usage.tables import ON_PAGE, Days
from generations.web.requests import StudioRequest
from generations.web.team import without_team
from generations.web.words import moment

SERIES = 2  # engines with a colour of their own; all others are one
MANY = 20  # teams in the menu


@require_safe
@without_team
def usage(request: StudioRequest) -> HttpResponse:
    if request.team is None and not request.user.is_superuser:
        return render(request, "team/none.html", status=403)
    scope, period = scope_of(request), chosen(request.GET.dict())
    return render(request, "usage/page.html", page(request, scope, period))


def page(request: StudioRequest, scope: Scope, period: Period) -> dict[str, Any]:
    rows, budget = tables.rows_of(scope, period), budget_of(scope)
    found, whose = tables.summed(rows, period), tables.people(rows, scope, ON_PAGE) if scope.team else tables.teams(rows, ON_PAGE)
    by_engine, by_day = tables.engines(found), tables.days(found, period)
    return {
        "scope": scope,
        "period": period,
        "periods": [period if kind == period.kind else begun(kind, period.today, period.today) for kind in KINDS],
        "months": list(earlier(period.today)),
        "teams": ways(request, scope),
        "counted": counted(accounting.behind(scope.team)),
        "total": by_engine.total,
        "before": compared(scope, period.before),
        "budget": budget,
        "engines": by_engine,
        "accounts": tables.accounts(by_engine),
        "whose": whose if "all" in request.GET else whose.shortened(),
        "further": len(whose.lines) > tables.SHOWN and "all" not in request.GET,
        **drawing(by_day, budget),
    }


def compared(scope: Scope, before: Period) -> Sums:
    found = accounting.grouped(tables.rows_of(scope, before), "team", only=("spent", "approved"))
    return add_up(sums for _team, sums in found)


def counted(at: datetime | None) -> str:
    """Said only where the figures are behind what happened."""
    if at is None:
        return ""
    return _("Not counted yet") if at.year == 1970 else _("Counted at %(time)s") % {"time": moment(at)}


def ways(request: StudioRequest, scope: Scope) -> list[Scope]:
    """Other figures that this person may look at."""
    own = [Scope(request.user, one.team, one) for one in request.memberships]
    if request.user.is_superuser:
        known = {one.team.pk for one in own if one.team}
        others = Team.objects.exclude(pk__in=known)[:MANY]
        own = [Scope(request.user, None, None), *own, *(Scope(request.user, team, None) for team in others)]
    return own


# --- the chart ---


def drawing(days: Days, budget: Budget) -> dict[str, Any]:
    names, pace = dearest(days), budget.pace(days.period)
    table = [(line, amounts(days.found[line.key], names, line.sums.spent)) for line in days.table.lines]
    return {"chart": draw(list(columns(days, names)), pace), "series": names, "pace": pace, "days": table}


def dearest(days: Days) -> list[str]:
    """The engines that get a colour; the last one may stand for all others."""
    spent: dict[str, int] = {}
    for by in days.found.values():
        for name, sums in by.items():
            spent[name] = spent.get(name, 0) + sums.spent
    names = sorted((name for name in spent if spent[name]), key=lambda name: (-spent[name], name))
    return names if len(names) <= SERIES + 1 else [*names[:SERIES], _("Other")]


def columns(days: Days, names: list[str]) -> Iterator[Column]:
    for day in days.places:
        by = days.found.get(day, {})
        total = add_up(by.values()).spent
        yield Column(days.word(day), f"{days.name(day)}: {format_money(total)}", amounts(by, names, total))


def amounts(by: dict[str, Sums], names: list[str], total: int) -> tuple[int, ...]:
    """What has no colour of its own is in the last one."""
    first = [by.get(name, Sums()).spent for name in names[:-1]]
    return (*first, total - sum(first)) if names else ()
