"""A call that waits: told at once, found without a bell, never in the way of pages."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import enumerate as threads
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import bells
from generations.bench.api import CROWD
from generations.calling import lookout as room
from generations.calling import waiting
from generations.calling.lookout import Lookout
from generations.calling.waiting import Crowded, Places, ended, place, wait, watch
from generations.models import Generation, Status, Team, User
from tests.made import made

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 30.0
Waiter = Callable[..., "Future[Generation]"]


@pytest.fixture(autouse=True)
def lookout(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lookout]:
    """One of our own, whose thread has ended when the test has."""
    found = Lookout()
    monkeypatch.setattr(waiting, "lookout", found)
    yield found
    bells.strike(bells.END)  # it notices that nobody waits
    until(lambda: not any(thread.name == "lookout" for thread in threads()))


@pytest.fixture
def waiter() -> Iterator[Waiter]:
    """Waits in a thread, as the web server has it do."""

    def work(generation: Generation, seconds: float, how: Callable[..., Generation]) -> Generation:
        try:
            return how(generation, seconds)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        yield lambda generation, seconds=LONG, how=wait: pool.submit(work, generation, seconds, how)


@pytest.fixture
def running(designer: User, team: Team) -> Generation:
    return made(designer, team, Status.COLLECTING)


def until(ask: Callable[[], object]) -> None:
    last = monotonic() + LONG
    while not ask():
        assert monotonic() < last
        sleep(0.005)


def begun(lookout: Lookout, count: int = 1) -> None:
    """They have a seat, and the bell is heard."""
    until(lambda: lookout.on and sum(map(len, lookout.waiting.values())) == count)


def test_what_has_ended_is_there_at_once(designer: User, team: Team):
    assert wait(made(designer, team), 0).status == Status.DONE


def test_the_bell_tells_at_once(running: Generation, waiter: Waiter, lookout: Lookout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "LOOK", LONG)
    call = waiter(running)
    begun(lookout)
    running.move(Status.DONE)
    assert call.result(LONG / 2).status == Status.DONE


def test_what_no_bell_tells_is_found(running: Generation, waiter: Waiter, lookout: Lookout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bells, "strike", lambda *words: None)
    call = waiter(running)
    begun(lookout)
    running.move(Status.DONE)
    assert call.result(LONG / 2).status == Status.DONE


def test_a_bell_for_nothing_ends_no_wait(running: Generation, designer: User, team: Team, waiter: Waiter, lookout: Lookout):
    later = made(designer, team, Status.COLLECTING)
    call, last = waiter(running), waiter(later)
    begun(lookout, 2)
    bells.strike(bells.END, running.pk)
    bells.strike(bells.END, "nonsense")
    later.move(Status.DONE)  # they are heard in turn
    assert last.result(LONG).status == Status.DONE
    assert not call.done()
    running.move(Status.DONE)
    assert call.result(LONG).status == Status.DONE


def test_whoever_waits_for_a_person_is_told_at_once(designer: User, team: Team):
    asking = made(designer, team, Status.ASKING)
    assert wait(asking, LONG).status == Status.ASKING
    assert not ended(asking)


def test_what_the_studio_itself_asks_about_again_has_not_ended(designer: User, team: Team):
    assert ended(made(designer, team, Status.UNKNOWN))
    assert not ended(made(designer, team, Status.UNKNOWN, due_at=timezone.now()))


def test_all_who_wait_cost_one_query_in_half_a_second(designer: User, team: Team, waiter: Waiter, lookout: Lookout):
    generations = [made(designer, team, Status.COLLECTING) for _one in range(8)]
    calls = [waiter(one) for one in generations]
    begun(lookout, 8)
    with CaptureQueriesContext(connection) as asked:
        assert room.going({one.pk for one in generations}) == {one.pk: one.version for one in generations}
    assert len(asked) == 1
    for one in generations:
        one.move(Status.DONE)
    assert {call.result(LONG).status for call in calls} == {Status.DONE}


def test_a_database_that_does_not_answer_is_no_news(running: Generation, lookout: Lookout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Lookout, "begin", lambda _lookout: None)
    with lookout.seat(running.pk) as news, connection.execute_wrapper(broken):
        lookout.look()
        assert not news.is_set()


def test_whoever_watches_is_told_what_changes(running: Generation, waiter: Waiter, lookout: Lookout):
    call, ends = waiter(running, how=watch), waiter(running)
    begun(lookout, 2)
    running.show()
    assert call.result(LONG).version == running.version + 1
    assert not ends.done()
    running.refresh_from_db()
    running.move(Status.DONE)
    assert ends.result(LONG).status == Status.DONE


def test_whoever_watches_is_told_the_end_at_once(running: Generation, waiter: Waiter, lookout: Lookout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "LOOK", LONG)
    call = waiter(running, how=watch)
    begun(lookout)
    running.move(Status.DONE)
    assert call.result(LONG / 2).status == Status.DONE


def test_whoever_watches_asks_nothing_while_nothing_changes(running: Generation):
    with CaptureQueriesContext(connection) as asked:
        assert watch(running, 0.1) is running
    assert len(asked) == 0


def test_unless_nobody_looks_out(running: Generation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Lookout, "begin", lambda _lookout: None)
    Generation.objects.update(version=7)
    assert watch(running, 0).version == 7


def broken(*_words: object) -> None:
    from django.db import OperationalError

    raise OperationalError("away")


def test_nobody_waits_with_a_connection_in_hand(running: Generation, lookout: Lookout):
    held = []

    def work() -> None:
        mine = connections["default"]
        held.append(mine)
        wait(running, LONG)
        mine.close()

    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(work)
        begun(lookout)
        until(lambda: held and held[0].connection is None)
        running.move(Status.DONE)
        call.result(LONG)


def test_when_nobody_waits_nobody_looks(running: Generation, waiter: Waiter, lookout: Lookout):
    waiter(running, 0.1).result(LONG)
    until(lambda: not lookout.on)
    until(lambda: not list(bells.folder().glob(f"{bells.END}-*")))


def test_a_process_that_has_to_stop_lets_them_go(running: Generation, waiter: Waiter, lookout: Lookout):
    call = waiter(running)
    begun(lookout)
    lookout.over = lambda: True
    assert call.result(LONG / 2).status == Status.COLLECTING
    assert wait(running, LONG).status == Status.COLLECTING


def test_whoever_looks_out_and_fails_is_followed_by_another(running: Generation, waiter: Waiter, lookout: Lookout, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Lookout, "look", lambda _lookout: 1 / 0)
        first = waiter(running)
        until(lambda: lookout.waiting and not lookout.on)
    second = waiter(running)
    Generation.objects.filter(pk=running.pk).update(status=Status.DONE, due_at=None)
    assert first.result(LONG).status == second.result(LONG).status == Status.DONE


MINE = 1


def test_places_are_bounded_and_given_back():
    with ExitStack() as all_taken:
        for person in range(settings.WEB_WAITING):
            all_taken.enter_context(place(person))
        with pytest.raises(Crowded) as crowded, place(settings.WEB_WAITING):
            pass
        assert crowded.value.wait > 0
    with place(MINE):
        pass


def test_one_person_leaves_places_for_others():
    with ExitStack() as taken:
        for _place in range(settings.WEB_WAITING - settings.WEB_WAITING // 4):
            taken.enter_context(place(MINE))
        with pytest.raises(Crowded):
            taken.enter_context(place(MINE))
        taken.enter_context(place(MINE + 1))
    assert (waiting.PLACES.free, waiting.PLACES.taken) == (settings.WEB_WAITING, {})


def test_thirty_two_clients_of_one_person_fit_into_one_process():
    places = Places(settings.WEB_WAITING)
    assert all(places.take(MINE) for _client in range(CROWD))


def test_where_there_are_few_places_everybody_gets_one():
    places = Places(1)
    assert places.take(MINE)
    assert not places.take(MINE + 1)
