"""kill -9 of each process of a running studio. Healed: the web answers, a worker has worked since, the sandbox listens.

The monitor is killed in test_drain.py, both workers at once in test_wedge.py, the supervisor itself in test_stop.py.
"""

import time

import psutil
import pytest

from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack


def test_an_idle_worker_the_sandbox_and_a_web_process_which_leaves_the_others_alone(studio: Studio) -> None:
    workers, _monitor, _pusher = studio.crew()
    first, second = studio.child("gunicorn").children()
    sandbox = studio.child("generations.sandbox")
    port = sandbox.cmdline()[-1]
    studio.heal(workers[0], first, sandbox)
    assert alive(second)
    assert studio.child("generations.sandbox").cmdline()[-1] == port


def test_a_busy_worker_and_the_web_server(studio: Studio) -> None:
    note = studio.folder / "busy"
    task = f"import os, time, pathlib; pathlib.Path('{note}').write_text(str(os.getpid())); time.sleep(40)"
    done = studio.command("shell", "-c", f"from django_q.tasks import async_task; async_task('builtins.exec', {task!r})")
    assert done.returncode == 0, done.stderr
    busy = psutil.Process(int(wait(lambda: note.exists() and note.read_text(), 60, studio)))
    web = studio.child("gunicorn")
    below = web.children()
    studio.heal(busy, web)
    assert not any(alive(process) for process in below)


def test_the_sentinel_takes_its_workers_along(studio: Studio) -> None:
    sentinel = studio.sentinel()
    below = sentinel.children()
    studio.heal(sentinel)
    assert not any(alive(process) for process in below)


def test_the_pusher_and_then_the_cluster(studio: Studio) -> None:
    _workers, _monitor, pusher = studio.crew()
    studio.heal(pusher)
    cluster = studio.child("qcluster")  # a new one also tells workers and pusher apart again
    below = cluster.children(recursive=True)
    studio.heal(cluster)
    assert not any(alive(process) for process in below)
    assert studio.said("workers ended (signal 9, Killed). Starting again in ")


def alive(process: psutil.Process) -> bool:
    time.sleep(0.05)
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
