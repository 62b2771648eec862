"""What each person in the team may spend in a month. The team's own budget is set by site administrators, and shown here."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from generations.access import team_role
from generations.models import Budget, Membership, Purse, Role, Team
from generations.models.money import this_month
from generations.pipeline.budget import next_month
from generations.pipeline.money import format_money
from generations.team.forms import BudgetForm
from generations.team.page import members, number
from generations.web import limits
from generations.web.amounts import typed
from generations.web.confirm import confirmed
from generations.web.requests import StudioRequest

WIDE = 100  # of a bar


@dataclass(frozen=True)
class Account:
    """A budget and what is used of it this month."""

    budget: Budget
    purse: Purse

    @property
    def used(self) -> int:
        return self.purse.held + self.purse.spent

    @property
    def left(self) -> int | None:
        return None if self.budget.hard is None else max(0, self.budget.hard - self.used)

    @property
    def tone(self) -> str:
        if self.left == 0:
            return "bad"
        return "warn" if self.budget.soft is not None and self.used > self.budget.soft else ""

    @property
    def limited(self) -> bool:
        """Where nothing limits it there is no bar: an empty one would say that nothing is used."""
        return self.budget.hard is not None

    @property
    def spent_part(self) -> int:
        return self.part(self.purse.spent)

    @property
    def held_part(self) -> int:
        return min(WIDE - self.spent_part, self.part(self.purse.held))

    def part(self, amount: int) -> int:
        """Of the bar."""
        whole = self.budget.hard or 0
        return min(WIDE, -(-amount * WIDE // whole)) if whole else 0


@dataclass(frozen=True)
class Line:
    """Somebody's row: what is set, and what was typed when it was wrong."""

    member: Membership
    account: Account
    form: BudgetForm | None = None

    @cached_property
    def fields(self) -> dict[str, str]:
        if self.form:
            return {name: str(self.form.data.get(name, "")) for name in ("soft", "hard")}
        return {"soft": typed(self.account.budget.soft), "hard": typed(self.account.budget.hard)}

    @property
    def seen(self) -> str:
        return limits.seen(self.account.budget)


@require_safe
@team_role(Role.ADMIN)
def budgets(request: StudioRequest) -> HttpResponse:
    return page(request)


@require_POST
@team_role(Role.ADMIN)
@confirmed
def set_budget(request: StudioRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(request.team.memberships.select_related("user"), pk=pk)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return answer(request, member, 422, form)
    if not limits.keep(request.team, member.user, form.cleaned_data, request.POST.get("seen"), request.user):
        messages.error(request, _("Somebody has changed the budget of %(name)s meanwhile. This is how it is now.") % {"name": member.user})
        return answer(request, member, 409)
    messages.success(request, said(member, form.cleaned_data["hard"]))
    return answer(request, member)


def said(member: Membership, hard: int | None) -> str:
    if hard is None:
        return _("%(name)s has no limit of their own now.") % {"name": member.user}
    return _("%(name)s may spend %(hard)s a month.") % {"name": member.user, "hard": format_money(hard)}


# --- answering ---


def answer(request: StudioRequest, member: Membership, status: int = 200, form: BudgetForm | None = None) -> HttpResponse:
    if request.htmx:
        return render(request, "team/_budget.html", {"line": lines(request.team, [member], form)[0]}, status=status)
    return redirect("budgets") if status == 200 else page(request, status, member, form)


def page(request: StudioRequest, status: int = 200, wrong: Membership | None = None, form: BudgetForm | None = None) -> HttpResponse:
    """With what was typed wrongly in its place, though it may be of another page."""
    people, further = members(request.team, number(request.GET.get("after", "")))
    rows = lines(request.team, [one for one in people if one != wrong])
    rows = lines(request.team, [wrong], form) + rows if wrong else rows
    month = this_month()
    context = {"lines": rows, "further": further, "whole": accounts(request.team, [None])[None], "month": month}
    return render(request, "team/budgets.html", context | {"until": next_month(month)}, status=status)


def lines(team: Team, people: list[Membership], form: BudgetForm | None = None) -> list[Line]:
    found = accounts(team, [member.user_id for member in people])
    return [Line(member, found[member.user_id], form) for member in people]


def accounts(team: Team, users: list[int] | list[None]) -> dict[int | None, Account]:
    """By person, or by None for the whole team; two questions, however many there are."""
    whose = {"user": None} if users == [None] else {"user__in": users}
    kept = {budget.user_id: budget for budget in Budget.objects.filter(team=team, **whose)}
    purses = {purse.user_id: purse for purse in Purse.objects.filter(team=team, month=this_month(), **whose)}
    return {user: Account(kept.get(user, Budget()), purses.get(user, Purse())) for user in users}
