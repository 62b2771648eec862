"""The rows of the matrix that take their time: nobody there, busy, stuck, too late. Time is set on, not waited for."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from generations.dialects import faults
from generations.models import AT_PROVIDER, Attempt, Charge, Gate, Generation, Outcome, ProviderAccount, Status, Team, User
from generations.pipeline import choices, money, poll
from generations.pipeline.start import start
from generations.pipeline.trouble import GAVE_UP, NEVER_DONE
from generations.providers.client import NOT_REACHED
from tests.pipeline.drilled import PRICE, begin, brisk, drilled
from tests.pipeline.steps import again, forward, newest, sentence
from tests.pipeline.studio import QUICK, ledger, work

PAUSES, SLOW = poll.PAUSES, poll.SLOW  # as they really are

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _studio(port: int, settings) -> Iterator[None]:
    settings.SANDBOX_PORT = port
    with brisk():
        yield


def bought(port: int, name: str, dialect: str) -> int:
    return sum(line["drills"][:1] == [name] and line["dialect"] == dialect for line in ledger(port))


# --- F7, F8, F9: busy ---

# Seconds that are really waited, at least and at most.
WAITS = {
    "busy-seconds": (1.5, 2.3),
    "busy-date": (0.5, 2.3),  # a date has whole seconds
    "busy-garbage": (0.5, 4.1),
    "busy-negative": (0.5, 1.2),
    "busy-decade": (595, 600),
    "busy": (0.5, 4.1),
    "overloaded": (0.5, 4.1),
}


@pytest.mark.parametrize("dialect", QUICK)
def test_a_busy_provider_is_left_alone_as_long_as_it_asks_and_then_tried_again(dialect: str, designer: User, team: Team, port: int):
    drills = {name: f"{name}=1" for name in [*WAITS, *(["unready"] if dialect == "ark" else [])]}
    before = {name: bought(port, name, dialect) for name in drills}
    once = timezone.now()
    made = dict(zip(drills, begin(designer, team, dialect, drills.values()).values(), strict=True))
    work(0)
    for name, generation in made.items():
        first, second = again(generation).attempts.order_by("number")
        assert (again(generation).status, first.outcome, first.charge, second.outcome) == ("queued", "not_sent", "no", "planned"), name
        assert (again(generation).held, sentence(again(generation))) == (PRICE, faults.BUSY.sentence), name
        assert bought(port, name, dialect) == before[name], name
        waits(name, again(generation), first.answered_at or once)
    forward(seconds=601)
    work()
    for name, generation in made.items():
        assert (again(generation).status, again(generation).held, bought(port, name, dialect)) == ("done", 0, before[name] + 1), name
    assert not list(money.audit())


def waits(name: str, generation: Generation, answered) -> None:
    """The row, and with it everybody who wants something of that account."""
    least, most = WAITS.get(name, WAITS["busy"])
    assert generation.due_at
    gate = Gate.objects.get(account=generation.account)
    assert gate.wait_until
    for until in (generation.due_at, gate.wait_until):
        assert least <= (until - answered).total_seconds() <= most, name


# --- F1: nobody there ---


def elsewhere(account: ProviderAccount, address: str) -> None:
    ProviderAccount.objects.filter(pk=account.pk).update(sandbox=False, private=True, address=address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://127.0.0.1:{port}"])
def test_nobody_there_or_no_encryption_is_surely_not_sent(address: str, designer: User, team: Team, port: int):
    before = len(ledger(port))
    generation = start(drilled(designer, team, "gateway", "busy"))
    elsewhere(generation.account, address.format(port=port))
    work(0)
    found = again(generation)
    assert (found.status, sentence(found), found.held) == (Status.QUEUED, NOT_REACHED, PRICE)
    for _time in range(4):
        forward(seconds=70)
        work(0)
    found = again(generation)
    assert (found.status, sentence(found), found.held, found.attempts.count()) == (Status.REFUSED, GAVE_UP, 0, 5)
    assert set(found.attempts.values_list("outcome", "charge")) == {(Outcome.NOT_SENT, Charge.NO)}
    assert len(ledger(port)) == before


# --- F3, F23: a task that takes its time ---


@pytest.mark.parametrize("dialect", ["tensorslab", "apimart"])
@pytest.mark.parametrize("drill", ["stuck", "poll-bad-key"])
def test_a_task_without_an_end_is_asked_about_ever_more_slowly_and_then_left_to_people(drill, dialect, designer, team, port, monkeypatch):
    monkeypatch.setattr(poll, "PAUSES", PAUSES)
    monkeypatch.setattr(poll, "SLOW", SLOW)
    before = bought(port, drill, dialect)
    generation = begin(designer, team, dialect, [drill])[drill]
    work(0)
    for hours, pause in ((0, 2), (0.1, 5), (0.3, 30), (1, 600), (70, 600)):
        forward(hours=hours)
        work(0)
        due = again(generation).due_at
        assert again(generation).status == Status.WAITING
        assert due
        assert due - timezone.now() <= timedelta(seconds=pause)
    forward(hours=2)
    work(0)
    found = again(generation)
    assert (found.status, sentence(found), found.held, found.due_at) == (Status.UNKNOWN, NEVER_DONE, PRICE, None)
    assert (bought(port, drill, dialect), newest(found).charge) == (before + 1, Charge.UNKNOWN)


def test_a_task_that_was_given_up_can_be_asked_about_again(designer: User, team: Team, owner: User):
    generation = begin(designer, team, "tensorslab", ["stuck"])["stuck"]
    work(0)
    forward(hours=73)
    work(0)
    assert choices.check_again(again(generation), owner)
    work(0)
    assert again(generation).status == Status.UNKNOWN
    assert Attempt.objects.count() == 1


# --- F36: later than anybody waited ---


def test_what_comes_after_its_author_stopped_waiting_is_kept(designer: User, team: Team):
    """In every dialect: while a call is held open, and while a task is waited for."""
    made = [begin(designer, team, dialect, ["takes=600"])["takes=600"] for dialect in QUICK]
    people = Thread(target=stop_under_way, args=(made, designer))
    people.start()
    work()
    people.join()
    for generation in made:
        found = again(generation)
        assert (found.status, found.stopped_at is not None) == (Status.DONE, True)
        assert [image.late for image in found.images.all()] == [True]


def stop_under_way(made: list[Generation], user: User) -> None:
    left = list(made)
    while left:
        left = [one for one in left if again(one).status not in AT_PROVIDER or not choices.stop(again(one), user)]
        sleep(0.02)
    connection.close()
