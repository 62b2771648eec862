from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import connection
from django.utils import timezone

from generations.dialects.outcome import Next, Sent
from generations.keeping.hold import statements
from generations.models import Attempt, Charge, Driver, Generation, Outcome, Status
from generations.pipeline import answers, choices
from generations.pipeline.trouble import RESTORED, own
from tests.made import made

pytestmark = pytest.mark.django_db
FEW = timedelta(seconds=30)


def hold() -> None:
    with connection.cursor() as cursor:
        for statement in statements("+00:00" if connection.vendor == "postgresql" else ""):
            cursor.execute(statement)


def begun(designer, team, status: Status, outcome: Outcome, **fields: object) -> tuple[Generation, Attempt]:
    generation = made(designer, team, status)
    generation.attempts.update(outcome=outcome, **fields)
    return generation, generation.attempts.get()


AT_RISK = [
    (Status.ASKING, Outcome.PLANNED),
    (Status.QUEUED, Outcome.PLANNED),
    (Status.SENDING, Outcome.SENDING),
]


@pytest.mark.parametrize(("status", "outcome"), AT_RISK)
def test_what_may_have_been_sent_since_is_unknown_and_waits_for_a_person(designer, team, status, outcome):
    generation, attempt = begun(designer, team, status, outcome)
    hold()
    generation.refresh_from_db()
    attempt.refresh_from_db()
    assert (generation.status, generation.due_at, generation.trouble["sentence"]) == (Status.UNKNOWN, None, RESTORED)
    assert (attempt.outcome, attempt.charge) == (Outcome.UNKNOWN, Charge.UNKNOWN)
    assert list(Attempt.objects.undecided()) == [attempt]


def test_whoever_held_it_may_not_write_any_more(designer, team):
    generation, _attempt = begun(designer, team, Status.SENDING, Outcome.SENDING)
    Driver.objects.create(host="old", process=1, lease_until=timezone.now() + FEW)
    hold()
    assert not generation.write(due_at=None)
    assert not Driver.objects.exists()


def test_what_was_taken_on_goes_on(designer, team):
    waiting, attempt = begun(designer, team, Status.WAITING, Outcome.ACCEPTED, task="task_1", sent_at=timezone.now())
    collecting, _other = begun(designer, team, Status.COLLECTING, Outcome.ANSWERED)
    hold()
    attempt.refresh_from_db()
    assert set(Generation.objects.values_list("status", flat=True)) == {Status.WAITING, Status.COLLECTING}
    assert (attempt.outcome, attempt.task) == (Outcome.ACCEPTED, "task_1")
    assert {waiting.due_at, collecting.due_at} == set(Generation.objects.values_list("due_at", flat=True))


def test_a_call_is_not_repeated_with_its_old_key(designer, team):
    """Since the backup another key may have been used, and paid."""
    generation, attempt = begun(designer, team, Status.UNKNOWN, Outcome.UNKNOWN, charge=Charge.UNKNOWN, sent_at=timezone.now())
    Generation.objects.update(due_at=timezone.now())
    assert answers.repeatable(attempt, timezone.now())
    hold()
    generation.refresh_from_db()
    attempt.refresh_from_db()
    assert not answers.repeatable(attempt, timezone.now())
    assert not choices.can_check(generation, attempt)
    assert generation.due_at is None


def test_an_old_refusal_in_the_spool_does_not_send_it_again(designer, team, monkeypatch):
    monkeypatch.setattr(answers, "idempotent", Mock(return_value=False))
    generation, attempt = begun(designer, team, Status.SENDING, Outcome.SENDING, sent_at=timezone.now())
    hold()
    generation.refresh_from_db()
    attempt.refresh_from_db()
    answers.conclude(generation, attempt, own(Next.WAIT, Sent.NO, "It is busy."))
    generation.refresh_from_db()
    assert (generation.status, generation.due_at) == (Status.UNKNOWN, None)
    assert generation.attempts.count() == 1


def test_what_is_over_stays_as_it_is(designer, team):
    done = made(designer, team)
    before = Generation.objects.values().get()
    hold()
    assert Generation.objects.values().get(pk=done.pk) == before
