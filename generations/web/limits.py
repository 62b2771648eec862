"""A budget is kept as somebody saw it: of two who change it at once the later is told, and overwrites nothing unseen."""

from typing import Any

from django.db import transaction

from generations import journal
from generations.journal import Deed
from generations.models import Budget, Team, User
from generations.web.amounts import typed


def seen(budget: Budget) -> str:
    """What stands on the page."""
    return f"{typed(budget.soft)}/{typed(budget.hard)}"


@transaction.atomic
def keep(team: Team, whose: User | None, wanted: dict[str, Any], shown: str | None, by: User) -> bool:
    """False: it is not what the page showed any more. Who was warned of the old figures is warned of the new ones too."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    budget = Budget.objects.filter(team=team, user=whose).first() or Budget(team=team, user=whose)
    if shown is not None and shown != seen(budget):
        return False
    was = {"was_soft": budget.soft, "was_hard": budget.hard}
    limits = {name: wanted[name] for name in ("soft", "hard")}
    if (budget.soft, budget.hard) != (limits["soft"], limits["hard"]):
        budget.soft, budget.hard, budget.told, budget.told_month = limits["soft"], limits["hard"], 0, None
        budget.save()
        journal.write(Deed.BUDGET_CHANGE, actor=by, team=team, subject=whose or team, **limits, **was)
    return True
