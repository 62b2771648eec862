import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generations.calling import pace
from tests.servers.redis import redis_server  # noqa: F401  # a fixture

CALLS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from django.conf import settings
settings.configure(DATA=Path(sys.argv[1]), REDIS_URL=sys.argv[2])
from generations.calling.pace import hold
with ThreadPoolExecutor(4) as threads:
    print(sum(not wait for wait in threads.map(lambda _each: hold("busy", int(sys.argv[3])), range(int(sys.argv[3]) // 2))))
"""


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path):
    settings.DATA = tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


@pytest.fixture
def redis(redis_server: str, settings) -> Iterator[str]:  # noqa: F811
    settings.REDIS_URL = redis_server
    pace.script.cache_clear()
    pace.troubles.cache_clear()
    yield redis_server
    pace.script().registered_client.flushall()
    pace.script().registered_client.close()
    pace.script.cache_clear()
    pace.troubles.cache_clear()


def together(data: Path, limit: int, redis: str = "") -> int:
    """How many are let through when three processes of four threads want half of all, as fast as they can."""
    program = [sys.executable, "-c", CALLS, str(data), redis, str(limit)]
    running = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _each in range(3)]
    return sum(int(process.communicate(timeout=180)[0]) for process in running)


def test_processes_lose_no_count(tmp_path: Path):
    assert together(tmp_path, 4000) == 4000


def test_in_any_sixty_seconds_there_are_never_more(clock: Clock):
    passed = []
    for _each in range(1000):
        if not pace.hold("one", 7):
            passed.append(clock.now)
        clock.now += 1.3
    assert all(later - earlier >= 60 for earlier, later in zip(passed, passed[7:], strict=False))
    assert len(passed) > 1000 * 1.3 / 60 * 7 * 0.97


def test_who_waits_as_long_as_was_said_gets_through(clock: Clock):
    pace.hold("one", 2)
    clock.now += 20
    pace.hold("one", 2)
    clock.now += 5
    assert pace.hold("one", 2) == 35
    clock.now += 35
    assert pace.hold("one", 2) == 0
    assert pace.hold("one", 2) == 20


def test_what_was_held_back_does_not_count(clock: Clock):
    pace.hold("one", 1)
    for _each in range(59):
        clock.now += 1
        assert pace.hold("one", 1) > 0
    clock.now += 1
    assert pace.hold("one", 1) == 0


def test_a_clock_that_is_set_back_shuts_nobody_out(clock: Clock):
    pace.hold("one", 1)
    clock.now -= 3600
    assert pace.hold("one", 1) == 0


def test_rings_that_nobody_uses_are_cleared_away(tmp_path: Path):
    pace.hold("old", 1)
    os.utime(tmp_path / "pace" / "old-1", (time.time() - 2 * pace.DAY,) * 2)
    pace.hold("new", 1)
    assert [path.name for path in (tmp_path / "pace").iterdir()] == ["new-1"]


def test_a_folder_that_cannot_be_written_shuts_nobody_out(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "pace").write_text("in the way")
    assert pace.hold("one", 1) == 0
    assert "Calls are not counted" in caplog.text


def test_it_costs_next_to_nothing():
    pace.hold("one", 6000)
    begun = time.process_time()
    for _each in range(200):
        pace.hold("one", 6000)
    assert (time.process_time() - begun) / 200 < 0.005


@pytest.mark.redis
def test_nor_do_nodes_with_redis(redis: str, tmp_path: Path):
    assert together(tmp_path, 400, redis) == 400
    assert 0 < pace.hold("busy", 400) <= 60


@pytest.mark.redis
def test_redis_says_how_long_and_forgets_what_is_over(redis: str):
    assert [pace.hold("one", 2) for _each in range(2)] == [0, 0]
    assert 30 < pace.hold("one", 2) <= 60
    client = pace.script().registered_client
    assert client.llen("pace:one-2") == 2
    assert 0 < client.ttl("pace:one-2") <= 60


@pytest.mark.redis
def test_in_redis_there_are_never_more_either(redis: str):
    client, now = pace.script().registered_client, time.time()
    client.rpush("pace:one-2", int((now - 10) * 1000), int((now - 30) * 1000))
    assert 0 < pace.hold("one", 2) <= 30
    client.lset("pace:one-2", 1, int((now - 61) * 1000))
    assert pace.hold("one", 2) == 0
    assert 20 < pace.hold("one", 2) <= 50
    assert client.llen("pace:one-2") == 2


def test_a_redis_that_is_down_shuts_nobody_out(settings, caplog: pytest.LogCaptureFixture):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    pace.script.cache_clear()
    pace.troubles.cache_clear()
    assert pace.hold("one", 1) == 0
    assert "Calls are not counted" in caplog.text
    pace.script.cache_clear()
    pace.troubles.cache_clear()
