"""Stopping while somebody is being paid: what was sent is waited for, what was not sent stays in the queue."""

import signal
import time
from uuid import uuid4

import psutil
import pytest

from generations.models.drivers import CLOSED
from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider
from tests.soak.wishes import Wish
from tests.supervisor.conftest import Maker
from tests.supervisor.hasty import CALM
from tests.supervisor.studio import Studio, wait
from tests.supervisor.test_recovery import age, states, until

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def house(found_studio: Maker) -> Studio:
    found = found_studio()
    found.program = ["-m", "tests.supervisor.hasty"]
    return found


@pytest.fixture
def office(house: Studio) -> Studio:
    """Open: the test before may have closed it."""
    if house.process is None or house.process.poll() is not None:
        house.up()
    return house


def ask(studio: Studio, *wishes: Wish) -> None:
    with Person(studio.address, PEOPLE[0]) as person:
        for wish in wishes:
            person.order(wish)


def test_a_call_under_way_is_waited_for_and_what_is_in_the_queue_is_left_there(office: Studio, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    ask(office, *(Wish("gateway", f"{word} {number} {shop.takes(3 * CALM)}") for number in range(14)))
    wait(lambda: states(office, word) == {"sending": 12, "queued": 2}, 20, office)
    assert office.stop() == 0
    assert office.said("Requests are under way at a provider and may have been paid for; waiting for them.")
    ended = states(office, word)
    assert ended["queued"] == 2
    assert ended["collecting"] + ended["done"] == shop.paid - before == 12
    office.up()
    until(office, word, {"done": 14})
    assert shop.paid - before == 14


def test_a_driver_that_begins_after_the_order_to_stop_sends_nothing(office: Studio, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    workers, _monitor, _pusher = office.crew()
    wait(lambda: not office.driving(), 20, office)
    for worker in workers:
        worker.suspend()
    ask(office, Wish("gateway", f"{word} {shop.takes(3)}"))
    office.process.send_signal(signal.SIGTERM)
    wait(lambda: office.driving() == [CLOSED], 40, office)
    for worker in workers:
        worker.resume()
    assert office.process.wait(60) == 0
    assert (states(office, word), shop.paid) == ({"queued": 1}, before)


def test_the_loss_of_the_monitor_cuts_no_call_off(office: Studio, shop: Provider) -> None:
    word = uuid4().hex
    _workers, monitor, _pusher = office.crew()
    old = office.child("qcluster").pid
    ask(office, Wish("gateway", f"{word} {shop.takes(3 * CALM)}"))
    wait(lambda: states(office, word) == {"sending": 1}, 20, office)
    monitor.kill()
    until(office, word, {"done": 1})
    wait(lambda: office.child("qcluster").pid != old, 60, office)


def test_a_cluster_that_cannot_end_costs_no_more_than_our_calm(office: Studio) -> None:
    workers, _monitor, _pusher = office.crew()
    office.rest()
    for worker in workers:
        worker.kill()  # one of them held the lock of the queue: no worker will ever read that it should stop
    began = time.monotonic()
    assert office.stop() == 0
    assert CALM < time.monotonic() - began < CALM + 10


def test_a_second_ctrl_c_cuts_calls_off_and_the_next_start_says_so(office: Studio, shop: Provider) -> None:
    word = uuid4().hex
    ask(office, Wish("ark", f"{word} {shop.takes(120)}"), Wish("apimart", f"{word} {shop.takes(20)}"))
    wait(lambda: states(office, word) == {"sending": 1, "waiting": 1}, 20, office)
    tree = office.tree()
    office.process.send_signal(signal.SIGINT)
    wait(lambda: office.said("may have been paid for"), 30, office)
    began = time.monotonic()
    assert office.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < 8
    assert psutil.wait_procs(tree, 2)[1] == []
    age(office)
    office.up()
    until(office, word, {"unknown": 1, "done": 1})
