import signal
import time

import psutil
import pytest

from tests.supervisor.conftest import Maker
from tests.supervisor.studio import wait

pytestmark = pytest.mark.stack


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_quickly_and_leaves_nothing(new_studio: Maker, number: int) -> None:
    studio = new_studio()
    studio.up()
    studio.crew()
    tree, began = studio.tree(), time.monotonic()
    assert studio.stop(number) == 0
    assert time.monotonic() - began < 10
    assert psutil.wait_procs(tree, 0)[1] == []


def test_killed_itself_it_leaves_nothing_and_can_be_started_again_at_once(new_studio: Maker) -> None:
    studio = new_studio()
    studio.up()
    studio.crew()
    tree = studio.tree()
    studio.stop(signal.SIGKILL)
    assert psutil.wait_procs(tree, 5)[1] == []
    studio.up()


def test_a_second_ctrl_c_does_not_wait_for_running_work(new_studio: Maker) -> None:
    studio = new_studio()
    studio.up("--grace", "60")
    sentinel, tree = studio.sentinel(), studio.tree()
    sentinel.suspend()  # so the cluster cannot end by itself
    studio.process.send_signal(signal.SIGINT)
    time.sleep(2)
    began = time.monotonic()
    assert studio.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < 8
    assert psutil.wait_procs(tree, 2)[1] == []


def test_it_can_be_stopped_before_it_is_ready(new_studio: Maker) -> None:
    studio = new_studio()
    studio.begin()
    wait(lambda: (studio.folder / "up.lock").exists(), 30, studio)
    assert studio.stop(signal.SIGTERM) == 0
    assert not studio.said("ready")
