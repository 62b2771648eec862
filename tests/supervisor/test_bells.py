"""A bell that nobody hears costs a little time, and nothing else."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest

from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider
from tests.soak.wishes import ENGINES, Wish
from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio, wait
from tests.supervisor.test_recovery import WITHIN, until

pytestmark = pytest.mark.stack


def deaf(studio: Studio) -> None:
    """Nobody drives, and the one who fetches messages sleeps."""
    _workers, _monitor, pusher = studio.crew()
    wait(lambda: not studio.driving(), 20, studio)
    pusher.suspend()


def test_a_bell_that_is_lost(workshop: Studio, designer: Person) -> None:
    word = uuid4().hex
    deaf(workshop)
    designer.order(Wish("gateway", word))
    workshop.query("DELETE FROM django_q_ormq")
    workshop.crew()[2].resume()
    assert until(workshop, word, {"done": 1}) < WITHIN


@pytest.mark.redis
def test_redis_that_is_emptied(found_studio: Maker, redis: str) -> None:
    from redis import Redis

    word, studio = uuid4().hex, found_studio(REDIS_URL=redis)
    studio.up("--patience", PATIENCE)
    with Person(studio.address, PEOPLE[0]) as person, Redis.from_url(redis) as queue:
        deaf(studio)
        person.order(Wish("gateway", word))
        queue.flushall()
        studio.crew()[2].resume()
        assert until(studio, word, {"done": 1}) < WITHIN
    assert studio.stop() == 0


@pytest.mark.postgres
def test_a_database_that_cuts_everybody_off_again_and_again(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word, over = shop.paid, uuid4().hex, Event()
    wishes = [Wish(dialect, f"{word} {number} {shop.takes(5)}") for number in range(6) for dialect in ENGINES]
    for wish in wishes[5:]:
        designer.order(wish)
    with ThreadPoolExecutor() as thread:
        cuts = thread.submit(cut_off, workshop, over)
        try:
            for wish in wishes[:5]:
                designer.order(wish)
            over.wait(5)
        finally:
            over.set()
    assert cuts.result() >= 4
    assert until(workshop, word, {"done": 30}) < WITHIN
    assert shop.paid - before == 30


def cut_off(studio: Studio, over: Event) -> int:
    """Every connection but our own, once a second; how often."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for count in itertools.count():
        if over.wait(1):
            return count
        studio.rows(others)
    return 0
