"""Teams: how they come to be, what they may spend, and when nothing new is made in them."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from generations import journal
from generations.administration.forms import BudgetForm, MemberForm, TeamForm
from generations.administration.keyed import by_name, number
from generations.journal import Deed
from generations.models import Budget, Membership, Purse, Role, Team, User
from generations.models.money import this_month
from generations.people import add_member, found_team
from generations.web import limits
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest


@dataclass(frozen=True)
class Row:
    team: Team
    members: int
    spent: int
    held: int
    soft: int | None
    hard: int | None

    @property
    def state(self) -> str:
        used = self.spent + self.held
        if self.hard is not None and used >= self.hard:
            return "bad"
        return "warn" if self.soft is not None and used > self.soft else ""


# --- all of them ---


@administrators("GET", "POST")
def teams(request: StudioRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            team = found_team(form.cleaned_data["name"])
            journal.write(Deed.TEAM_ADD, actor=request.user, team=team, subject=team)
        messages.success(request, _("%(team)s was added. Nobody is in it yet.") % {"team": team})
        return redirect("team_record", team.pk)
    found, further = by_name(Team.objects.all(), number(request.GET.get("after", "")))
    context = {"form": form, "rows": rows(found), "further": further}
    return render(request, "administration/teams.html", context, status=422 if form.errors else 200)


def rows(found: list[Team]) -> list[Row]:
    """With three questions, however many they are."""
    members = dict(Membership.objects.filter(team__in=found).order_by().values_list("team").annotate(count=Count("pk")))
    purses = {purse.team_id: purse for purse in Purse.objects.filter(team__in=found, user=None, month=this_month())}
    budgets = {budget.team_id: budget for budget in Budget.objects.filter(team__in=found, user=None)}
    return [row(team, members.get(team.pk, 0), purses.get(team.pk, Purse()), budgets.get(team.pk, Budget())) for team in found]


def row(team: Team, members: int, purse: Purse, budget: Budget) -> Row:
    return Row(team, members, purse.spent, purse.held, budget.soft, budget.hard)


# --- one of them ---


@administrators("GET", "POST")
def team_record(request: StudioRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        rename(team, form.cleaned_data["name"], request.user)
        messages.success(request, _("Saved."))
        return redirect("team_record", team.pk)
    return page(request, team, form=form)


def page(request: StudioRequest, team: Team, status: int = 200, **forms: TeamForm | BudgetForm | MemberForm) -> HttpResponse:
    kept = rows([team])[0]
    usual = {"form": TeamForm(initial={"name": team.name}), "budget": BudgetForm(initial={"soft": kept.soft, "hard": kept.hard})}
    people = team.memberships.select_related("user")
    members, further = by_name(people, number(request.GET.get("after", "")), "user__name")
    context = {"record": team, "row": kept, "members": members, "further": further, "roles": Role.choices}
    context |= {**usual, "adding": MemberForm(team=team), **forms}
    context["inside"] = any(one.team_id == team.pk for one in request.memberships)
    context["seen"] = request.POST.get("seen") if "budget" in forms else limits.seen(Budget(soft=kept.soft, hard=kept.hard))
    return render(request, "administration/team.html", context, status=422 if any(form.errors for form in forms.values()) else status)


@transaction.atomic
def rename(team: Team, name: str, by: User) -> None:
    team.name = name
    team.save(update_fields=["name"])
    journal.write(Deed.TEAM_CHANGE, actor=by, team=team, subject=team, changed=["name"])


@administrators("POST")
def close_team(request: StudioRequest, pk: int) -> HttpResponse:
    """Or open it again. What is under way goes on; what there is can be looked at."""
    team, closing = get_object_or_404(Team, pk=pk), request.POST.get("closed") == "on"
    if closing != bool(team.closed_at):
        with transaction.atomic():
            Team.objects.filter(pk=pk).update(closed_at=timezone.now() if closing else None)
            journal.write(Deed.TEAM_CHANGE, actor=request.user, team=team, subject=team, changed=["closed"], closed=closing)
    said = _("%(team)s is closed: nothing new is made in it.") if closing else _("%(team)s is open again.")
    messages.success(request, said % {"team": team})
    return redirect("team_record", team.pk)


@administrators("POST", confirm=True)
def team_budget(request: StudioRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return page(request, team, budget=form)
    if not limits.keep(team, None, form.cleaned_data, request.POST.get("seen"), request.user):
        messages.error(request, _("Somebody has changed the budget of %(name)s meanwhile. This is how it is now.") % {"name": team})
        return page(request, team, status=409)
    messages.success(request, _("The budget of %(team)s is saved. It counts from now on.") % {"team": team})
    return redirect("team_record", team.pk)


@administrators("POST", confirm=True)
def add_to_team(request: StudioRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk)
    form = MemberForm(request.POST, team=team)
    if not form.is_valid():
        return page(request, team, adding=form)
    let_in(form.person, team, Role(form.cleaned_data["role"]), request.user)
    messages.success(request, _("%(name)s is in %(team)s now.") % {"name": form.person, "team": team})
    return redirect("team_record", team.pk)


@transaction.atomic
def let_in(person: User, team: Team, role: Role, by: User) -> None:
    add_member(person, team, role)
    journal.write(Deed.PERSON_JOIN, actor=by, team=team, subject=person, role=role)
