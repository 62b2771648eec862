"""Real threads and real transactions: clicks and drivers that meet, a database that is locked or goes away while an answer is heard."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import sleep
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from generations.dialects.dialect import Asked
from generations.dialects.wire import Answer
from generations.models import Attempt, Budget, Charge, Driver, EngineChoice, Generation, Outcome, ProviderAccount, Status, Team, User
from generations.pipeline import choices, drive, money
from generations.pipeline.drive import Shift
from generations.pipeline.start import KeyUsed, start, start_all
from tests.compose.form import HTMX, filled
from tests.made import ENGINE, sandbox
from tests.pipeline.provider import Provider, Window, deliver
from tests.pipeline.steps import again
from tests.pipeline.studio import hurrying, ledger, order, work

pytestmark = pytest.mark.django_db(transaction=True)

Maker = Callable[..., list[object]]


@pytest.fixture(autouse=True)
def _hurry() -> Iterator[None]:
    with hurrying():
        yield


@contextmanager
def at_work(shift: Callable[[], object]) -> Iterator[Thread]:
    """In a thread with a connection of its own."""

    def run() -> None:
        try:
            shift()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(30)
        assert not thread.is_alive()


def shift(host: str = "node/1/") -> Callable[[], None]:
    return lambda: Shift(host).run()


# --- clicks ---


def signed_in(user: User) -> Callable[..., HttpResponse]:
    """Whatever is posted, each by a client of its own."""
    browser = Client()
    browser.force_login(user)

    def post(form: dict[str, object], **more: Any) -> HttpResponse:
        one = Client()
        one.cookies.load({name: morsel.value for name, morsel in browser.cookies.items()})
        return one.post("/generate/", form, **more)

    return post


def test_twenty_posts_of_one_form_are_one_request_and_one_paid_call(designer: User, team: Team, port: int, settings, together: Maker):
    settings.SANDBOX_PORT = port
    before = len(ledger(port))
    form, post = filled(), signed_in(designer)
    assert together(20, lambda: post(form).status_code) == [302] * 20
    work()
    [generation] = Generation.objects.all()
    assert (generation.status, generation.attempts.count()) == (Status.DONE, 1)
    assert len(ledger(port)) - before == 1


def test_twenty_clicks_at_once_write_one_row(designer: User, team: Team, together: Maker):
    wanted = order(designer, team, "gateway")
    found = together(20, lambda: start(wanted).pk)
    assert len(set(found)) == 1
    assert (Generation.objects.count(), Attempt.objects.count()) == (1, 1)
    assert Generation.objects.get().held == 35_000
    assert not list(money.audit())


def test_one_key_with_other_words_is_one_request_and_a_refusal(designer: User, team: Team, together: Maker):
    key = uuid4()
    orders = [order(designer, team, "gateway", f"boat {number % 2}", key=key) for number in range(10)]
    found = together(10, lambda: start(orders.pop()).prompt)
    assert [type(one) for one in found if not isinstance(one, str)] == [KeyUsed] * 5
    assert Generation.objects.count() == 1


def test_lines_of_a_batch_are_all_in_the_budget_or_none(designer: User, team: Team, together: Maker):
    Budget.objects.create(team=team, hard=25 * 35_000)
    batches = [[order(designer, team, "gateway") for _line in range(10)] for _click in range(6)]
    found = together(6, lambda: len(start_all(batches.pop())))
    assert sorted(map(str, found)).count("10") == 2
    assert Generation.objects.count() == 20


def test_fifty_at_once_start_what_the_budget_has_for_ten_and_the_page_tells_all_others(designer: User, team: Team, together: Maker):
    EngineChoice.objects.create(account=sandbox(), engine=ENGINE, price=35_000)
    Budget.objects.create(team=team, hard=10 * 35_000 + 34_999)
    post = signed_in(designer)
    assert Counter(together(50, lambda: post(filled(), headers=HTMX).status_code)) == {200: 10, 422: 40}
    assert (Generation.objects.count(), sum(one.held for one in Generation.objects.all())) == (10, 350_000)
    assert not list(money.audit())


@pytest.mark.parametrize("choice", [choices.came, choices.not_came])
def test_two_who_decide_at_once_decide_the_call_they_saw(
    choice: choices.Choice, make_generation, make_attempt, owner: User, together: Maker
):
    generation = make_generation(Status.UNKNOWN)
    seen, next = (make_attempt(generation, outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN) for _number in range(2))
    assert sorted(together(2, lambda: choices.about(seen, choice, owner))) == [False, True]
    next.refresh_from_db()
    assert (next.charge, again(generation).status) == (Charge.UNKNOWN, Status.UNKNOWN)


# --- drivers ---


class Crowd:
    """Takes a while for each call, and knows how many it had at once."""

    def __init__(self) -> None:
        self.lock, self.now, self.most = Lock(), 0, 0

    def __call__(self, window: Window, asked: Asked) -> Answer:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        sleep(0.05)
        with self.lock:
            self.now -= 1
            return deliver(window, asked)


def test_three_drivers_at_once_send_each_call_once_and_keep_the_limit(designer: User, team: Team, provider: Provider):
    provider.usual = crowd = Crowd()
    orders = [order(designer, team, "gateway", f"boat {number}") for number in range(24)]
    ProviderAccount.objects.update(in_flight=4)
    start_all(orders)
    while Generation.objects.running().exists():  # a bell rings again for what a driver leaves in line
        with at_work(shift("a/1/")), at_work(shift("b/1/")), at_work(shift("c/1/")):
            pass
    assert set(Generation.objects.values_list("status", flat=True)) == {Status.DONE}
    assert Counter(asked.request.prompt for asked in provider.sent) == {f"boat {number}": 1 for number in range(24)}
    assert 1 < crowd.most <= 4
    assert not list(money.audit())


def test_a_driver_that_lost_its_lease_in_the_middle_of_a_call_loses_nothing(designer: User, team: Team, provider: Provider):
    asked, answer = Event(), Event()

    def slow(window: Window, wanted: Asked) -> Answer:
        asked.set()
        assert answer.wait(20)
        return deliver(window, wanted)

    provider.usual = slow
    generation = start(order(designer, team, "gateway"))
    with at_work(shift()):
        assert asked.wait(20)
        Generation.objects.update(driver=uuid4())  # whoever that was is not alive
        until(lambda: again(generation).status == Status.UNKNOWN)
        answer.set()
    work()
    assert (again(generation).status, len(provider.sent), again(generation).charged) == (Status.DONE, 1, 35_000)


def until(true: Callable[[], bool]) -> None:
    for _time in range(400):
        if true():
            return
        sleep(0.025)
    raise AssertionError("It never came to be.")


# --- the database ---


@pytest.fixture
def sending(designer: User, team: Team, provider: Provider) -> Iterator[tuple[Generation, Event]]:
    """The provider has the call; it answers when it is told to."""
    asked, answer = Event(), Event()

    def slow(window: Window, wanted: Asked) -> Answer:
        asked.set()
        assert answer.wait(20)
        return deliver(window, wanted)

    provider.usual = slow
    generation = start(order(designer, team, "tensorslab"))
    with at_work(shift()):
        assert asked.wait(20)
        yield generation, answer


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else has the whole database, or the rows that matter."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        if connection.vendor != "sqlite":
            cursor.execute("LOCK TABLE generations_attempt, generations_generation IN ACCESS EXCLUSIVE MODE")
        try:
            with pytest.MonkeyPatch.context() as patch:
                if connection.vendor == "sqlite":
                    patch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)  # a lock is not waited for in a test
                yield
        finally:
            cursor.execute("ROLLBACK")


def test_an_answer_that_is_heard_while_the_database_is_locked_is_written_later(sending, monkeypatch: pytest.MonkeyPatch):
    generation, answer = sending
    refused = Event()
    monkeypatch.setattr(Shift, "reconnect", lambda shift: refused.set() or connection.close())
    with locked():
        answer.set()
        assert refused.wait(5) or connection.vendor != "sqlite"
    until(lambda: again(generation).status != Status.SENDING)
    work()
    assert (again(generation).status, Attempt.objects.get().outcome) == (Status.DONE, Outcome.ANSWERED)


@pytest.mark.sqlite
def test_a_driver_ends_even_if_that_cannot_be_written_down():
    driver = Shift("node/1/")
    with locked(), at_work(driver.run):
        pass
    assert Driver.objects.filter(pk=driver.row.pk).exists()


@pytest.mark.postgres
def test_a_database_that_is_restarted_in_the_middle_costs_nothing(sending, provider: Provider):
    generation, answer = sending
    end_others()
    answer.set()
    end_others()
    until(lambda: again(generation).status != Status.SENDING)
    work()
    assert (again(generation).status, len(provider.sent), Attempt.objects.count()) == (Status.DONE, 1, 1)


def end_others() -> None:
    """Every connection but ours is cut off, as a restart does."""
    named = connection.settings_dict
    address = {"host": named["HOST"], "port": named["PORT"], "user": named["USER"], "dbname": named["NAME"]}
    with psycopg.connect(**address, autocommit=True) as line:
        ours = connection.connection.info.backend_pid
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid NOT IN (%s, pg_backend_pid()) AND datname = current_database()",
            [ours],
        )


def test_a_driver_ends_by_itself_when_nothing_is_left(designer: User, team: Team, provider: Provider):
    start(order(designer, team, "gateway"))
    drive.drive()
    assert Generation.objects.get().status == Status.DONE
