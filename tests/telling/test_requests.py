from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from generations.journal import write
from generations.models import Attempt, Event, Generation, Membership, Notice, Status, Team, User
from generations.pipeline import approval
from generations.telling import watch
from generations.telling.looks import requests
from generations.telling.words import sentence
from tests.made import made, pictured
from tests.telling.conftest import hooked, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun")]


def only(user: User) -> Notice:
    return Notice.objects.get(user=user)


@pytest.mark.parametrize(
    ("status", "event"),
    [
        (Status.DONE, Event.DONE),
        (Status.PARTIAL, Event.DONE),
        (Status.REFUSED, Event.FAILED),
        (Status.FAILED, Event.FAILED),
        (Status.EXPIRED, Event.FAILED),
        (Status.UNKNOWN, Event.UNKNOWN),
    ],
)
def test_an_author_is_told_how_a_request_ended(status: Status, event: Event, designer: User, viewer: User, team: Team):
    made(designer, team, status)
    watch()
    assert told(designer) == [event]
    assert told(viewer) == []


@pytest.mark.parametrize("status", [Status.QUEUED, Status.WAITING, Status.CANCELLED])
def test_what_has_not_ended_or_was_cancelled_is_no_news(status: Status, designer: User, team: Team):
    made(designer, team, status)
    watch()
    assert told(designer) == []


def test_it_is_told_once_however_often_somebody_looks(designer: User, team: Team):
    made(designer, team)
    for _time in range(3):
        watch()
    assert told(designer) == [Event.DONE]


def test_what_ended_long_ago_and_was_only_touched_is_no_news(designer: User, team: Team):
    old = made(designer, team, finished_at=timezone.now() - timedelta(days=3))
    Generation.objects.filter(pk=old.pk).update(changed_at=timezone.now())
    watch()
    assert told(designer) == []


def test_each_paid_call_may_be_in_doubt(designer: User, team: Team):
    doubt = made(designer, team, Status.UNKNOWN)
    watch()
    Attempt.objects.create(generation=doubt, number=2, account=doubt.account)
    watch()
    assert told(designer) == [Event.UNKNOWN] * 2


def test_site_administrators_are_told_what_is_at_stake(designer: User, owner: User, admin: User, team: Team):
    made(designer, team, Status.UNKNOWN, held=140_000, private=True)
    watch()
    assert sentence(only(owner)) == "Nobody knows how 1 request to Sandbox apimart ended. $0.14 is at stake."
    assert told(admin) == []


def test_a_site_administrator_who_is_the_author_is_told_as_that(owner: User, team: Team):
    made(owner, team, Status.UNKNOWN)
    watch()
    assert "A red kite" in sentence(only(owner))


def test_who_left_is_told_nothing(designer: User, team: Team):
    made(designer, team)
    Membership.objects.filter(user=designer).delete()
    watch()
    assert told(designer) == []


def test_who_was_switched_off_is_told_nothing(designer: User, team: Team):
    made(designer, team)
    User.objects.filter(pk=designer.pk).update(is_active=False)
    watch()
    assert told(designer) == []


def test_requests_of_one_click_are_told_together_when_the_last_has_ended(designer: User, team: Team):
    batch = uuid4()
    ends = [Status.DONE] * 3 + [Status.FAILED, Status.UNKNOWN, Status.WAITING]
    rows = [made(designer, team, status, batch=batch) for status in ends]
    watch()
    assert told(designer) == []
    now = timezone.now()
    Generation.objects.filter(pk=rows[-1].pk).update(status=Status.DONE, due_at=None, finished_at=now, changed_at=now)
    watch()
    assert sentence(only(designer)) == "4 of 6 requests sent together are done. 1 failed. Of 1 nobody knows how it ended."


def test_forty_failures_of_one_click_are_one_message(designer: User, team: Team):
    batch = uuid4()
    for _number in range(40):
        made(designer, team, Status.REFUSED, batch=batch)
    watch()
    assert told(designer) == [Event.FAILED]


def test_a_program_hears_of_every_request_but_of_no_private_one(designer: User, team: Team):
    hook, batch = hooked(team), uuid4()
    for number in range(3):
        made(designer, team, batch=batch, private=number == 0)
    watch()
    watch()
    assert [one.event for one in hook.deliveries.all()] == [Event.DONE] * 2


def test_a_program_hears_only_what_was_chosen_and_of_its_own_team(designer: User, team: Team, other_team: Team):
    hooked(team, events=[Event.FAILED])
    hooked(team, active=False)
    hooked(other_team)
    made(designer, team)
    watch()
    assert not team.webhooks.filter(deliveries__isnull=False).exists()
    assert not other_team.webhooks.filter(deliveries__isnull=False).exists()


def test_what_no_program_hears_is_not_even_made(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(requests, "of_generation", pytest.fail)
    hooked(team, events=[Event.FAILED])
    made(designer, team)
    watch()
    assert told(designer) == [Event.DONE]


@pytest.mark.parametrize("travels", [True, False])
def test_the_prompt_travels_as_the_team_says(travels: bool, designer: User, team: Team):
    Team.objects.update(prompt_travels=travels)
    hook = hooked(team)
    pictured(made(designer, team, charged=70_000, price=35_000), 2)
    watch()
    subject = hook.deliveries.get().body["subject"]
    assert ("prompt" in subject) is travels
    assert ("A red kite" in str(subject)) is travels
    assert len(subject["images"]) == 2
    assert (subject["money"]["charged"], subject["money"]["charged_words"]) == (70_000, "$0.07")


def test_team_administrators_are_asked_for_money_once_for_one_click(designer: User, admin: User, reviewer: User, team: Team):
    batch = uuid4()
    for _number in range(3):
        made(designer, team, Status.ASKING, batch=batch, held=2_000_000, finished_at=None)
    watch()
    watch()
    assert sentence(only(admin)) == "Dana Designer asks to spend $6.00 on 3 requests."
    assert told(reviewer) == told(designer) == []


def test_the_author_is_told_what_was_decided_about_the_price(designer: User, admin: User, team: Team):
    yes, no = (made(designer, team, Status.ASKING, finished_at=None) for _each in range(2))
    assert approval.allow(yes, admin)
    assert approval.decline(no, admin, "Too dear\nfor a draft")
    watch()
    allowed, declined = Notice.objects.filter(user=designer, event=Event.ALLOWED).order_by("pk")
    assert sentence(allowed).startswith("Ada Admin approved the price of “A red kite")
    assert sentence(declined).endswith("Nothing was sent and nothing was charged. “Too dear for a draft”")


def test_who_withdrew_a_request_is_not_told_so(designer: User, team: Team):
    generation = made(designer, team, Status.CANCELLED)
    with transaction.atomic():
        write("spend.decline", actor=designer, team=team, subject=generation)
    watch()
    assert told(designer) == []
