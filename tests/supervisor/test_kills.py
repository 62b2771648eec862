"""kill -9 of each process of a running studio. Healed: the web answers, a worker has worked since, the sandbox listens."""

import time

import psutil
import pytest

from tests.supervisor.conftest import Maker
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack


def test_an_idle_worker(studio: Studio) -> None:
    workers, _monitor, _pusher = studio.crew()
    studio.heal(workers[0].kill)


def test_a_busy_worker(studio: Studio) -> None:
    note = studio.folder / "busy"
    task = f"import os, time, pathlib; pathlib.Path('{note}').write_text(str(os.getpid())); time.sleep(40)"
    done = studio.command("shell", "-c", f"from django_q.tasks import async_task; async_task('builtins.exec', {task!r})")
    assert done.returncode == 0, done.stderr
    busy = psutil.Process(int(wait(lambda: note.exists() and note.read_text(), 20, studio)))
    studio.heal(busy.kill)


def test_the_pusher(studio: Studio) -> None:
    _workers, _monitor, pusher = studio.crew()
    studio.heal(pusher.kill)
    studio.heal(studio.child("qcluster").kill)  # the new pusher looks like a worker to the next test


def test_the_monitor_without_which_work_would_be_repeated_for_ever(new_studio: Maker) -> None:
    studio = new_studio()
    studio.up("--grace", "3")
    _workers, monitor, _pusher = studio.crew()
    old = studio.child("qcluster").pid
    studio.heal(monitor.kill)
    wait(lambda: studio.child("qcluster").pid != old, 40, studio)
    assert studio.said("ticks off their work")


def test_the_sentinel_takes_its_workers_along(studio: Studio) -> None:
    sentinel = studio.sentinel()
    below = sentinel.children()
    studio.heal(sentinel.kill)
    assert not any(alive(process) for process in below)


def test_the_cluster(studio: Studio) -> None:
    cluster = studio.child("qcluster")
    below = cluster.children(recursive=True)
    studio.heal(cluster.kill)
    assert not any(alive(process) for process in below)
    assert studio.said("workers ended (signal 9, Killed). Starting again in ")


def test_a_web_process_leaves_the_others_alone(studio: Studio) -> None:
    first, second = studio.child("gunicorn").children()
    studio.heal(first.kill)
    assert alive(second)


def test_the_web_server(studio: Studio) -> None:
    web = studio.child("gunicorn")
    below = web.children()
    studio.heal(web.kill)
    assert not any(alive(process) for process in below)


def test_the_sandbox(studio: Studio) -> None:
    sandbox = studio.child("sandbox")
    port = sandbox.cmdline()[-1]
    studio.heal(sandbox.kill)
    assert studio.child("sandbox").cmdline()[-1] == port


def alive(process: psutil.Process) -> bool:
    time.sleep(0.05)
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
