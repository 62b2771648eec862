"""When the worker that holds the lock of the queue dies, the cluster is deaf, and every process of it is alive."""

import time

import psutil
import pytest

from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack


def waits(workers: list[psutil.Process]) -> bool:
    """One of them does nothing at all: it stands at the queue, with the lock in its hand."""
    before = [worker.num_ctx_switches() for worker in workers]
    time.sleep(0.5)
    return any(then == now.num_ctx_switches() for then, now in zip(before, workers, strict=True))


def kill(studio: Studio) -> float:
    """All workers at once, while one of them waits for work; the seconds until it is well again."""
    workers, _monitor, _pusher = studio.crew()
    studio.rest()
    wait(lambda: waits(workers), 30, studio)
    return studio.heal(lambda: [worker.kill() for worker in workers])


def test_a_deaf_cluster_is_started_again(studio: Studio) -> None:
    """On a busy machine both may be at work all the same, and q2 itself replaces them: then it is done once more."""
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
