"""What may still be spent this month. The tighter of two budgets counts: the team's, and that of the person in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from generations.models import Budget, Purse, Team, User
from generations.models.money import this_month

Limits = dict[int | None, int | None]  # whom it binds, a person or (None) the whole team; and what may be used, if there is a limit


@dataclass(frozen=True)
class Left:
    """None: nobody has set a limit."""

    team_left: int | None
    person_left: int | None
    soft_passed: bool  # one of the two has used more than its warning allows
    spent: int  # by the whole team
    held: int
    until: date  # then a new month begins

    @property
    def left(self) -> int | None:
        return min((part for part in (self.team_left, self.person_left) if part is not None), default=None)


def left(team: Team, user: User, month: date | None = None) -> Left:
    month = month or this_month()
    whose = Q(user=None) | Q(user=user)
    budgets = {budget.user_id: budget for budget in Budget.objects.filter(whose, team=team)}
    purses = {purse.user_id: purse for purse in Purse.objects.filter(whose, team=team, month=month)}
    pairs = [(budgets.get(id, Budget()), purses.get(id, Purse())) for id in (None, user.pk)]
    team_left, person_left = (remaining(*pair) for pair in pairs)
    soft_passed = any(budget.soft is not None and used(purse) > budget.soft for budget, purse in pairs)
    purse = pairs[0][1]
    return Left(team_left, person_left, soft_passed, purse.spent, purse.held, next_month(month))


def hard_limits(team: int, user: int) -> Limits:
    found = Budget.objects.filter(Q(user=None) | Q(user=user), team=team)
    return dict(found.values_list("user_id", "hard"))


def remaining(budget: Budget, purse: Purse) -> int | None:
    """Never less than nothing, also after a budget was cut or more was charged than was held."""
    return None if budget.hard is None else max(0, budget.hard - used(purse))


def used(purse: Purse) -> int:
    return purse.held + purse.spent


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


class Short(Exception):
    """A purse would be above its limit."""


def draw(team: int, user: int, month: date, *, held: int, spent: int = 0, limits: Limits | None = None) -> None:
    """From the team's purse, then from the person's: always in this order, so that nobody waits in a circle."""
    for who in (None, user):
        whose: dict[str, Any] = {"team_id": team, "user_id": who, "month": month}
        limit = (limits or {}).get(who)
        if not change(whose, held, spent, limit):
            Purse.objects.bulk_create([Purse(**whose)], ignore_conflicts=True)  # the first of the month
            if not change(whose, held, spent, limit):
                raise Short


def change(whose: dict[str, Any], held: int, spent: int, limit: int | None) -> bool:
    fits = Q() if limit is None else Q(held__lte=limit - held - spent - F("spent"))
    return bool(Purse.objects.filter(fits, **whose).update(held=F("held") + held, spent=F("spent") + spent))
