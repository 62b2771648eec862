"""What a team may still spend, as it is at this moment: from its purse, not from what was counted."""

from calendar import monthrange
from dataclasses import dataclass

from django.db.models import Sum

from generations.models import Purse
from generations.models.money import this_month
from generations.pipeline.budget import hard_limits, left
from generations.usage.periods import Period
from generations.usage.scope import Scope


@dataclass(frozen=True)
class Budget:
    hard: int | None  # of a month; none: nobody has set one
    spent: int  # this month
    held: int
    left: int | None = None
    own: int | None = None  # what is left to the person who looks, where somebody has set that
    warned: bool = False

    @property
    def used(self) -> str:
        """Of a hundred, for the bar."""
        return share(self.spent, self.hard)

    @property
    def taken(self) -> str:
        """With what is held."""
        return share(self.spent + self.held, self.hard)

    @property
    def state(self) -> str:
        if self.hard is not None and not self.left:
            return "bad"
        return "warn" if self.warned else "good"

    def pace(self, period: Period) -> int | None:
        """What a day, or a month, may cost if each costs the same."""
        if not self.hard:
            return None
        return self.hard if period.monthly else self.hard // monthrange(period.until.year, period.until.month)[1]


def share(amount: int, whole: int | None) -> str:
    return f"{min(100.0, 100 * amount / whole) if whole else 0:.1f}"


def budget_of(scope: Scope) -> Budget:
    if scope.team is None:
        sums = Purse.objects.filter(user=None, month=this_month()).aggregate(spent=Sum("spent", default=0), held=Sum("held", default=0))
        return Budget(None, int(sums["spent"]), int(sums["held"]))
    found, limits = left(scope.team, scope.user), hard_limits(scope.team.pk, scope.user.pk)
    return Budget(limits.get(None), found.spent, found.held, found.team_left, found.person_left, found.soft_passed)
