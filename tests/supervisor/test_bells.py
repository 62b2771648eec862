"""A bell that nobody hears costs a little time, and nothing else."""

import time
from uuid import uuid4

import pytest

from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider
from tests.soak.wishes import ENGINES, Wish
from tests.supervisor.studio import Studio, wait
from tests.supervisor.test_recovery import WITHIN, states, until

pytestmark = pytest.mark.stack


def deaf(studio: Studio) -> None:
    """Nobody drives, and the one who fetches messages sleeps."""
    _workers, _monitor, pusher = studio.crew()
    wait(lambda: not studio.driving(), 60, studio)
    pusher.suspend()


def test_a_bell_that_is_lost(workshop: Studio, designer: Person) -> None:
    word = uuid4().hex
    deaf(workshop)
    designer.order(Wish("gateway", word))
    workshop.query("DELETE FROM django_q_ormq")
    workshop.crew()[2].resume()
    assert until(workshop, word, {"done": 1}) < WITHIN


@pytest.mark.redis
def test_redis_that_is_emptied(queueing: Studio, redis: str) -> None:
    from redis import Redis

    word = uuid4().hex
    with Person(queueing.address, PEOPLE[0]) as person, Redis.from_url(redis) as queue:
        deaf(queueing)
        person.order(Wish("gateway", word))
        queue.flushall()
        queueing.crew()[2].resume()
        assert until(queueing, word, {"done": 1}) < WITHIN


@pytest.mark.postgres
def test_a_database_that_cuts_everybody_off_again_and_again(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    designer.order(*(Wish(dialect, f"{word} {number} {shop.takes(10)}") for number in range(3) for dialect in ENGINES))
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    cuts = 0
    while cuts < 10 or "sending" in states(workshop, word):
        workshop.rows(others)
        cuts += 1
        time.sleep(0.5)
    until(workshop, word, {"done": 15})
    assert shop.paid - before == 15
