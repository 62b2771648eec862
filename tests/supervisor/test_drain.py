"""Stopping while somebody is being paid: what was sent is waited for, what was not sent stays in the queue."""

import signal
import time
from uuid import uuid4

import psutil
import pytest

from generations.models.drivers import CLOSED
from tests.soak.people import Person
from tests.soak.provider import Provider
from tests.soak.wishes import Wish
from tests.supervisor.conftest import LONGER
from tests.supervisor.hasty import CALM
from tests.supervisor.studio import Studio, wait
from tests.supervisor.test_recovery import age, states, until

pytestmark = pytest.mark.stack


def test_a_call_under_way_is_waited_for_and_what_is_in_the_queue_is_left_there(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    workshop.query("UPDATE generations_provideraccount SET in_flight = 2 WHERE name = 'gateway'")
    designer.order(*(Wish("gateway", f"{word} {number} {shop.takes(seconds)}") for number, seconds in enumerate((3 * CALM, 3 * CALM, 1))))
    wait(lambda: states(workshop, word) == {"sending": 2, "queued": 1}, 60, workshop)
    assert workshop.stop() == 0
    assert workshop.said("Requests are under way at a provider and may have been paid for; waiting for them.")
    ended = states(workshop, word)
    assert ended["queued"] == 1
    assert ended["collecting"] + ended["done"] == shop.paid - before == 2
    workshop.query("UPDATE generations_provideraccount SET in_flight = 12")
    workshop.up("--patience", LONGER)
    until(workshop, word, {"done": 3})
    assert shop.paid - before == 3


def test_the_loss_of_the_monitor_cuts_no_call_off(workshop: Studio, designer: Person, shop: Provider) -> None:
    """Without it everything that is ticked off by nobody would be repeated for ever."""
    word = uuid4().hex
    _workers, monitor, _pusher = workshop.crew()
    old = workshop.child("qcluster").pid
    designer.order(Wish("gateway", f"{word} {shop.takes(3 * CALM)}"))
    wait(lambda: states(workshop, word) == {"sending": 1}, 60, workshop)
    monitor.kill()
    until(workshop, word, {"done": 1})
    wait(lambda: workshop.child("qcluster").pid != old, 60, workshop)
    assert workshop.said("ticks off their work")


def test_a_second_ctrl_c_cuts_calls_off_and_the_next_start_says_so(workshop: Studio, designer: Person, shop: Provider) -> None:
    word = uuid4().hex
    designer.order(Wish("ark", f"{word} {shop.takes(120)}"), Wish("apimart", f"{word} {shop.takes(10)}"))
    wait(lambda: states(workshop, word) == {"sending": 1, "waiting": 1}, 60, workshop)
    tree = workshop.tree()
    workshop.lines.clear()
    workshop.process.send_signal(signal.SIGINT)
    wait(lambda: workshop.said("may have been paid for"), 30, workshop)
    assert workshop.stop(signal.SIGINT) == 0
    assert psutil.wait_procs(tree, 10)[1] == []
    assert states(workshop, word)["sending"] == 1
    age(workshop)
    workshop.up("--patience", LONGER)
    until(workshop, word, {"unknown": 1, "done": 1})


def test_a_driver_that_begins_after_the_order_to_stop_sends_nothing(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    workers, _monitor, _pusher = workshop.crew()
    wait(lambda: not workshop.driving(), 60, workshop)
    for worker in workers:
        worker.suspend()
    designer.order(Wish("gateway", f"{word} {shop.takes(3)}"))
    workshop.process.send_signal(signal.SIGTERM)
    wait(lambda: workshop.driving() == [CLOSED], 60, workshop)
    for worker in workers:
        worker.resume()
    assert workshop.process.wait(120) == 0
    assert (states(workshop, word), shop.paid) == ({"queued": 1}, before)


def test_a_cluster_that_cannot_end_costs_no_more_than_our_calm(workshop: Studio) -> None:
    workers, _monitor, _pusher = workshop.crew()
    for worker in workers:
        worker.suspend()  # as when one has died with the lock of the queue: none will ever read that it should stop
    began = time.monotonic()
    assert workshop.stop() == 0
    assert time.monotonic() - began > CALM
