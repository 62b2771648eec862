"""Budgets that are nearly or fully used."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from generations.models import Budget, Event, Purse, Role
from generations.models.money import this_month
from generations.telling.audience import Audience
from generations.telling.body import of_budget
from generations.telling.news import News, publish

LEVELS = (100, 80)  # hundredths of what may be used


def reached(now: datetime) -> None:
    month = this_month()
    for budget, used in budgets(month):
        if (level := step(used, limit(budget))) != told(budget, month):
            say(budget, used, level, month)


def budgets(month: date) -> Iterator[tuple[Budget, int]]:
    """Each beside what was used of it this month. Two statements, because NULL is equal to nothing."""
    for alone in (True, False):
        purses = Purse.objects.filter(team=OuterRef("team"), month=month, **({"user": None} if alone else {"user": OuterRef("user")}))
        used = Coalesce(Subquery(purses.values_list(F("held") + F("spent"))[:1]), 0)
        for budget in Budget.objects.filter(user__isnull=alone).annotate(used=used).select_related("team", "user").order_by("pk"):
            yield budget, budget.used


def limit(budget: Budget) -> int | None:
    return budget.soft if budget.hard is None else budget.hard


def step(used: int, limit: int | None) -> int:
    if limit is None:
        return 0
    return next((level for level in LEVELS if used * 100 >= limit * level), 0) if limit or used else 0


def told(budget: Budget, month: date) -> int:
    return budget.told if budget.told_month == month else 0


def say(budget: Budget, used: int, level: int, month: date) -> None:
    """Whoever moves the mark tells. A mark that falls, because money was released or the budget raised, is nothing to tell."""
    mark = Budget.objects.filter(pk=budget.pk, told=budget.told, told_month=budget.told_month)
    with transaction.atomic():
        if mark.update(told=level, told_month=month) and level > told(budget, month):
            publish([news(budget, used, level, month)])


def news(budget: Budget, used: int, level: int, month: date) -> News:
    """A new limit may be reached anew."""
    audience, most = Audience([budget.team_id]), limit(budget)
    users = audience.covering(budget.team_id, Role.ADMIN)
    if budget.user_id and budget.user_id not in {user.pk for user in users}:
        users = (*audience.people(budget.team_id, [budget.user_id]), *users)
    whose = str(budget.user) if budget.user else ""
    details = {"whose": whose, "person": budget.user_id, "level": level, "used": used, "limit": most, "hard": budget.hard is not None}
    key = f"budget/{budget.pk}/{month:%Y-%m}/{level}/{most}"
    return News(Event.BUDGET, key, users, budget.team, details=details, subject=partial(of_budget, whose, level, used, most or 0))
