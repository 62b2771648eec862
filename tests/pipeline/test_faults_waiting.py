"""The rows of the matrix that take their time: nobody there, busy, stuck, too late. Time is set on, not waited for."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from generations.compose import feed
from generations.dialects import faults
from generations.models import AT_PROVIDER, Attempt, Charge, Gate, Generation, Outcome, ProviderAccount, Status, Team, User
from generations.pipeline import choices, money, poll
from generations.pipeline.start import start
from generations.pipeline.trouble import GAVE_UP, NEVER_DONE
from generations.providers.client import NOT_REACHED
from tests.cast import client_of
from tests.compose.looking import cards, look, note, words
from tests.pipeline.drilled import PRICE, begin, brisk, drilled
from tests.pipeline.matrix import WAITING
from tests.pipeline.steps import again, forward, newest, sentence
from tests.pipeline.studio import QUICK, ledger, work

PAUSES, SLOW = poll.PAUSES, poll.SLOW  # as they really are

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _studio(port: int, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.SANDBOX_PORT = port
    monkeypatch.setattr(feed, "WINDOW", 1000)
    with brisk():
        yield


def bought(port: int, name: str, dialect: str) -> int:
    return sum(line["drills"][:1] == [name] and line["dialect"] == dialect for line in ledger(port))


def shown(user: User) -> dict[str, str]:
    return cards(look(client_of(user), "/feed/"))


def card(generation: Generation) -> str:
    return shown(generation.user)[str(generation.uid)]


def says(generation: Generation, *parts: str, among: dict[str, str] | None = None) -> bool:
    """A note has a title: the first sentence, without its full stop."""
    mine = among[str(generation.uid)] if among else card(generation)
    shown = words(mine) + note(mine)
    return all(part.rstrip(".") in shown for whole in parts for part in whole.split(". "))


def linger() -> None:
    """However slow this machine is, what waits still waits when its card is looked at."""
    soon = timezone.now() + timedelta(seconds=60)
    Generation.objects.filter(due_at__lt=soon).update(due_at=soon)
    Gate.objects.filter(wait_until__lt=soon).update(wait_until=soon)


# --- F1: nobody there ---


def elsewhere(account: ProviderAccount, address: str) -> None:
    ProviderAccount.objects.filter(pk=account.pk).update(sandbox=False, private=True, address=address)


def no_such_name(*_any: object, **_more: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://127.0.0.1:1", id="F1-refused"),
        pytest.param("https://127.0.0.1:{port}", id="F1-no-encryption"),
        pytest.param("https://provider.example", id="F1-no-such-name"),
    ],
)
def test_who_could_not_be_reached_was_surely_sent_nothing(address: str, designer: User, team: Team, port: int, monkeypatch):
    before = len(ledger(port))
    generation = start(drilled(designer, team, "gateway", "busy"))
    elsewhere(generation.account, address.format(port=port))
    with monkeypatch.context() as patch:
        if "example" in address:
            patch.setattr(socket, "getaddrinfo", no_such_name)
        work(0)
        found = again(generation)
        assert (found.status, sentence(found), found.held) == (Status.QUEUED, NOT_REACHED, PRICE)
        linger()
        assert says(found, NOT_REACHED, "$0.01 held")
        for _time in range(4):
            forward(seconds=70)
            work(0)
    found = again(generation)
    assert (found.status, sentence(found), found.held, found.attempts.count()) == (Status.REFUSED, GAVE_UP, 0, 5)
    assert set(found.attempts.values_list("outcome", "charge")) == {(Outcome.NOT_SENT, Charge.NO)}
    assert says(found, GAVE_UP, "not charged")
    assert len(ledger(port)) == before


# --- F7, F8, F9: busy ---

# Seconds that are really waited, at least and at most.
GUESS = (0.5, 4.1)
WAITS = {
    "busy-seconds": (1.5, 2.3),
    "busy-date": (0.5, 2.3),  # a date has whole seconds
    "busy-garbage": GUESS,
    "busy-negative": (0.5, 1.2),
    "busy-decade": (595, 600),
    "busy": GUESS,
    "overloaded": GUESS,
    "unready": GUESS,
}
BUSY = [*WAITING["F7"], *WAITING["F8"], *WAITING["F9"]]


@pytest.mark.parametrize("dialect", QUICK)
def test_a_busy_provider_is_left_alone_as_long_as_it_asks_and_then_tried_again(dialect: str, designer: User, team: Team, port: int):
    """F7, F8, F9, and F10 where any 503 with an error means the same."""
    drills = [*BUSY, "unready"] if dialect == "ark" else BUSY
    before = {name: bought(port, name, dialect) for name in drills}
    once = timezone.now()
    made = dict(zip(drills, begin(designer, team, dialect, [f"{name}=1" for name in drills]).values(), strict=True))
    work(0)
    for name, generation in made.items():
        found, (first, second) = again(generation), generation.attempts.order_by("number")
        assert (found.status, first.outcome, first.charge, second.outcome) == ("queued", "not_sent", "no", "planned"), name
        assert (found.held, sentence(found)) == (PRICE, faults.BUSY.sentence), name
        assert bought(port, name, dialect) == before[name], name
        waits(name, found, first.answered_at or once)
    linger()
    page = shown(designer)
    for generation in made.values():
        told = f"{generation.account} is busy and is asked again at", "Nothing is sent meanwhile.", "$0.01 held"
        assert says(generation, *told, among=page)
    forward(seconds=661)
    work()
    page = shown(designer)
    for name, generation in made.items():
        found, count = again(generation), bought(port, name, dialect) - before[name]
        assert (found.status, found.held, count) == ("done", 0, 1), name
        assert says(found, f"{money.format_money(found.charged)} charged", among=page), name
    assert not list(money.audit())


def waits(name: str, generation: Generation, answered: datetime) -> None:
    """The row, and with it everybody who wants something of that account."""
    least, most = WAITS[name]
    assert generation.due_at
    gate = Gate.objects.get(account=generation.account)
    assert gate.wait_until
    for until in (generation.due_at, gate.wait_until):
        assert least <= (until - answered).total_seconds() <= most, name


# --- F3, F23: a task that takes its time ---


@pytest.mark.parametrize("dialect", ["tensorslab", "apimart"])
def test_a_task_without_an_end_is_asked_about_ever_more_slowly_and_then_left_to_people(
    dialect: str, designer: User, team: Team, port: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(poll, "PAUSES", PAUSES)
    monkeypatch.setattr(poll, "SLOW", SLOW)
    drills = [*WAITING["F23"], *WAITING["F3"]]
    before = {drill: bought(port, drill, dialect) for drill in drills}
    made = begin(designer, team, dialect, drills)
    work(0)
    for hours, pause in ((0, 2), (0.1, 5), (0.3, 30), (1, 600), (70, 600)):
        forward(hours=hours)
        work(0)
        page = shown(designer)
        for generation in made.values():
            is_asked_again(again(generation), pause, page)
    forward(hours=2)
    work(0)
    for drill, generation in made.items():
        found = again(generation)
        assert (found.status, sentence(found), found.held, found.due_at) == (Status.UNKNOWN, NEVER_DONE, PRICE, None)
        assert says(found, NEVER_DONE, "may be charged $0.01", f"Task at the provider: {newest(found).task}")
        assert (bought(port, drill, dialect), newest(found).charge) == (before[drill] + 1, Charge.UNKNOWN)


def is_asked_again(generation: Generation, pause: int, page: dict[str, str]) -> None:
    assert generation.status == Status.WAITING
    assert generation.due_at
    assert generation.due_at - timezone.now() <= timedelta(seconds=pause)
    assert says(generation, "$0.01 held", among=page)
    slow = says(generation, "It takes unusually long. The studio keeps asking; asking costs nothing.", among=page)
    assert slow is (pause == 600)


def test_a_task_that_was_given_up_can_be_asked_about_again(designer: User, team: Team, owner: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(poll, "PAUSES", PAUSES)
    generation = begin(designer, team, "tensorslab", ["stuck"])["stuck"]
    work(0)
    forward(hours=73)
    work(0)
    assert choices.check_again(again(generation), owner)
    work(0)
    assert again(generation).status == Status.UNKNOWN
    assert Attempt.objects.count() == 1


# --- F36: later than anybody waited ---


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_its_author_stopped_waiting_is_kept(designer: User, team: Team, port: int):
    """F36, in every dialect: while a call is held open, and while a task is waited for."""
    before = len(ledger(port))
    made = [begin(designer, team, dialect, ["takes=600"])["takes=600"] for dialect in QUICK]
    people = Thread(target=stop_under_way, args=(made, designer))
    people.start()
    work()
    people.join()
    for generation in made:
        found = again(generation)
        assert (found.status, found.stopped_at is not None) == (Status.DONE, True)
        assert [image.late for image in found.images.all()] == [True]
        assert says(found, "It came after the waiting was stopped, and is kept.", f"{money.format_money(found.charged)} charged")
        assert "It came after the waiting was stopped" in card(found)
    assert len(ledger(port)) - before == len(made)
    assert not list(money.audit())


def stop_under_way(made: list[Generation], user: User) -> None:
    left = list(made)
    while left:
        left = [one for one in left if again(one).status not in AT_PROVIDER or not choices.stop(again(one), user)]
        sleep(0.02)
    connection.close()
