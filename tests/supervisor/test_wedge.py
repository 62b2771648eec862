"""When the worker that holds the lock of the queue dies, the cluster is deaf, and every process of it is alive."""

import psutil
import pytest

from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio

pytestmark = pytest.mark.stack


def idle(studio: Studio) -> list[psutil.Process]:
    """All workers, at a moment when one of them waits for work with the lock in its hand."""
    workers, _monitor, _pusher = studio.crew()
    studio.rest()
    return workers


@pytest.mark.parametrize("turn", range(5))
def test_a_deaf_cluster_is_started_again(studio: Studio, turn: int) -> None:
    workers = idle(studio)
    old = studio.child("qcluster").pid
    studio.heal(lambda: [worker.kill() for worker in workers])
    assert studio.child("qcluster").pid != old
    assert studio.said("The workers have given no sign of life for ")


def test_with_the_patience_it_has_by_default(new_studio: Maker) -> None:
    studio = new_studio()
    studio.up()
    workers = idle(studio)
    assert studio.heal(lambda: [worker.kill() for worker in workers]) < 60


def test_redis_as_the_queue(new_studio: Maker, redis: str) -> None:
    studio = new_studio(REDIS_URL=redis)
    studio.up("--patience", PATIENCE)
    workers = idle(studio)
    studio.heal(lambda: [worker.kill() for worker in workers])
    assert studio.stop() == 0
