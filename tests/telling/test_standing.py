"""Budgets and provider accounts: how things stand, told when that changes."""

import pytest
from django.utils import timezone

from generations.dialects.outcome import Next
from generations.models import Budget, Event, Gate, Notice, Purse, Team, User
from generations.models.money import this_month
from generations.pipeline import gate
from generations.telling import watch
from generations.telling.words import sentence
from tests.made import sandbox
from tests.telling.conftest import hooked, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun")]

DOLLAR = 1_000_000


def used(team: Team, amount: int, user: User | None = None) -> None:
    Purse.objects.update_or_create(team=team, user=user, month=this_month(), defaults={"spent": amount - 1, "held": 1})


def said(user: User) -> list[str]:
    return [sentence(one).split(": ")[0] for one in Notice.objects.filter(user=user).order_by("pk")]


@pytest.mark.parametrize(("amount", "levels"), [(79, []), (80, [80]), (99, [80]), (100, [100]), (130, [100])])
def test_team_administrators_are_told_at_80_and_100_percent(amount: int, levels: list[int], admin: User, designer: User, team: Team):
    Budget.objects.create(team=team, soft=10 * DOLLAR, hard=100 * DOLLAR)
    used(team, amount * DOLLAR)
    watch()
    watch()
    assert said(admin) == [f"{level} % of the budget of Studio North is used" for level in levels]
    assert told(designer) == []


def test_each_step_is_told_once_though_money_comes_and_goes(admin: User, team: Team):
    Budget.objects.create(team=team, hard=100 * DOLLAR)
    for amount in (85, 70, 85, 100, 85, 100):
        used(team, amount * DOLLAR)
        watch()
    assert said(admin) == ["80 % of the budget of Studio North is used", "100 % of the budget of Studio North is used"]


def test_a_budget_that_was_raised_may_be_reached_anew(admin: User, team: Team):
    budget = Budget.objects.create(team=team, hard=100 * DOLLAR)
    used(team, 90 * DOLLAR)
    watch()
    Budget.objects.filter(pk=budget.pk).update(hard=200 * DOLLAR)
    watch()
    used(team, 160 * DOLLAR)
    watch()
    assert len(said(admin)) == 2


def test_a_new_month_begins_anew(admin: User, team: Team):
    Budget.objects.create(team=team, hard=100 * DOLLAR, told=100, told_month=this_month().replace(year=2020))
    used(team, 80 * DOLLAR)
    watch()
    assert len(said(admin)) == 1


def test_a_person_and_the_team_administrators_are_told_of_a_personal_budget(admin: User, designer: User, viewer: User, team: Team):
    Budget.objects.create(team=team, user=designer, hard=10 * DOLLAR)
    used(team, 500 * DOLLAR)
    used(team, 8 * DOLLAR, designer)
    watch()
    assert said(designer) == ["80 % of your budget in Studio North is used"]
    assert said(admin) == ["80 % of the budget of Dana Designer in Studio North is used"]
    assert told(viewer) == []


def test_a_warning_alone_stops_nothing(admin: User, team: Team):
    Budget.objects.create(team=team, soft=10 * DOLLAR)
    used(team, 10 * DOLLAR)
    watch()
    assert sentence(Notice.objects.get(user=admin)) == "100 % of the budget of Studio North is used: $10.00 of $10.00."


def test_programs_hear_of_budgets(team: Team, admin: User):
    hook = hooked(team)
    Budget.objects.create(team=team, hard=10 * DOLLAR)
    used(team, 10 * DOLLAR)
    watch()
    subject = hook.deliveries.get().body["subject"]
    assert (subject["percent"], subject["used"], subject["limit_words"]) == (100, 10 * DOLLAR, "$10.00")


def test_site_administrators_are_told_when_an_account_is_paused_and_each_time_anew(owner: User, admin: User):
    account = sandbox()
    for _time in range(2):
        Gate.objects.update_or_create(account=account, defaults={"paused": gate.MENDED_BY_HAND[Next.TOP_UP]})
        watch()
        watch()
        gate.open_gate(account, timezone.now())
        watch()
    assert told(owner) == [Event.PAUSED] * 2
    assert told(admin) == []
    assert sentence(Notice.objects.first() or Notice()).startswith("The credit at Sandbox apimart is used up.")
