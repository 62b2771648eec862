"""When the worker that holds the lock of the queue dies, the cluster is deaf, and every process of it is alive."""

import pytest

from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio

pytestmark = pytest.mark.stack


def kill(studio: Studio) -> float:
    """All workers at once, while one of them waits for work; the seconds until it is well again."""
    workers, _monitor, _pusher = studio.crew()
    studio.rest()
    return studio.heal(lambda: [worker.kill() for worker in workers])


@pytest.mark.parametrize("turn", range(3))
def test_a_deaf_cluster_is_started_again(studio: Studio, turn: int) -> None:
    """Nobody sees from outside who holds the lock: on a busy machine both may be at work, and q2 itself replaces them."""
    old, left = studio.child("qcluster").pid, 5
    while studio.child("qcluster").pid == old:
        assert (left := left - 1), "the lock was never hit"
        kill(studio)
    assert studio.said("The workers have given no sign of life for ")


def test_with_the_patience_it_has_by_default(new_studio: Maker) -> None:
    studio = new_studio()
    studio.up()
    assert kill(studio) < 60


def test_redis_as_the_queue(new_studio: Maker, redis: str) -> None:
    studio = new_studio(REDIS_URL=redis)
    studio.up("--patience", PATIENCE)
    kill(studio)
    assert studio.stop() == 0
