import signal
import time
from pathlib import Path

import psutil
import pytest

from generations.supervisor.plan import SANDBOX_GRACE
from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack
SOON = 20  # seconds: less than a web server or a cluster that does not end by itself is given


def stops_cleanly_and_leaves_nothing(studio: Studio, number: int) -> None:
    tree, began = studio.tree(), time.monotonic()
    assert studio.stop(number) == 0
    assert time.monotonic() - began < SOON
    assert psutil.wait_procs(tree, 0)[1] == []


def test_it_can_be_stopped_and_the_next_start_collects_and_upgrades_nothing(studio: Studio) -> None:
    collected = Path(studio.environment["STUDIO_STATIC"]) / "staticfiles.json"
    written = collected.stat().st_mtime_ns
    stops_cleanly_and_leaves_nothing(studio, signal.SIGTERM)
    studio.up("--patience", PATIENCE, "--no-migrate")
    assert collected.stat().st_mtime_ns == written


def test_ctrl_c_does_the_same(studio: Studio) -> None:
    stops_cleanly_and_leaves_nothing(studio, signal.SIGINT)


def test_killed_itself_it_leaves_nothing_and_can_be_started_again_at_once(studio: Studio) -> None:
    tree = studio.tree()
    studio.stop(signal.SIGKILL)
    assert psutil.wait_procs(tree, SOON)[1] == []
    studio.up("--patience", PATIENCE)


def test_a_second_ctrl_c_does_not_wait_for_running_work(studio: Studio) -> None:
    tree = studio.tree()
    studio.sentinel().suspend()  # so the cluster cannot end by itself
    studio.process.send_signal(signal.SIGINT)
    wait(lambda: not studio.runs("gunicorn"), 60, studio)
    time.sleep(1)  # sooner it could be the same key press
    began = time.monotonic()
    assert studio.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < SOON - SANDBOX_GRACE
    assert psutil.wait_procs(tree, SOON)[1] == []


def test_it_can_be_stopped_before_it_is_ready(new_studio: Maker) -> None:
    studio = new_studio()
    studio.begin()
    wait(lambda: (studio.folder / "up.lock").exists(), 60, studio)
    assert studio.stop(signal.SIGTERM) == 0
    assert not studio.said("ready")
