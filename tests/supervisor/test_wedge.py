"""When the worker that holds the lock of the queue dies, the cluster is deaf, and every process of it is alive."""

import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

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
    wait(lambda: waits(workers), 60, studio)
    return studio.heal(*workers)


def deafen(studio: Studio) -> None:
    """On a busy machine both may be at work all the same, and q2 itself replaces them: then it is done once more."""
    old, left = studio.child("qcluster").pid, 5
    while studio.child("qcluster").pid == old:
        assert (left := left - 1), "the lock was never hit"
        kill(studio)
    assert studio.said("The workers have given no sign of life for ")


def test_a_deaf_cluster_is_started_again_also_with_the_patience_it_has_by_default(workshop: Studio, fresh: Studio) -> None:
    if fresh.process and fresh.process.poll() is None:
        fresh.stop()
    fresh.up()
    with ThreadPoolExecutor() as beside:
        patient = beside.submit(kill, fresh)
        deafen(workshop)
        assert patient.result() < 60


@pytest.mark.redis
def test_redis_as_the_queue(queueing: Studio) -> None:
    kill(queueing)
    assert queueing.stop() == 0
