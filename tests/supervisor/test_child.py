"""One kept program, ticked by hand."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generations.supervisor.child import STEADY, Child

ENDS = "import sys; print('half a line', end=''); sys.exit(3)"
STAYS = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
Maker = Callable[[str], Child]


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Maker]:
    reading, writing = os.pipe()

    def make(program: str) -> Child:
        (tmp_path / "program.py").write_text(program)
        root = Path(__file__).resolve().parents[2]
        return Child("web", [str(tmp_path / "program.py")], dict(os.environ), root, reading, grace=0.2)

    yield make
    os.close(writing)
    os.close(reading)


def tick(child: Child, wanted: bool, until: Callable[[], object]) -> None:
    last = time.monotonic() + 10
    while not until():
        assert time.monotonic() < last
        child.tick(wanted)
        time.sleep(0.02)


def dies(child: Child) -> float:
    """The seconds until it will be started again."""
    child.due, deaths = 0, child.deaths
    tick(child, True, lambda: child.pid)
    tick(child, True, lambda: child.deaths != deaths or not child.pid)
    return round(child.due - time.monotonic())


def test_it_waits_longer_after_every_death(keep: Maker):
    child = keep(ENDS)
    assert [dies(child) for _ in range(3)] == [1, 2, 4]
    child.deaths = 20
    assert dies(child) == 30


def test_it_starts_from_the_beginning_after_a_steady_life(keep: Maker):
    child = keep(ENDS)
    child.deaths = 5
    tick(child, True, lambda: child.pid)
    child.started -= STEADY + 1
    tick(child, True, lambda: not child.pid)
    assert child.deaths == 1


def test_it_says_how_it_ended_and_copies_what_it_wrote(keep: Maker, capfd: pytest.CaptureFixture[str]):
    dies(keep(ENDS))
    time.sleep(0.2)
    assert sorted(capfd.readouterr().out.splitlines()) == ["web     | half a line", "web ended (exit code 3). Starting again in 1 s."]


def test_one_that_will_not_end_is_killed(keep: Maker):
    child, heard = keep(STAYS), []
    child.heed = lambda group, line: heard.append(line)
    tick(child, True, lambda: heard)
    tick(child, False, lambda: not child.pid)
    assert child.deaths == 0


def test_it_is_not_started_while_it_is_not_wanted(keep: Maker):
    child = keep(STAYS)
    child.tick(wanted=False)
    assert child.pid == 0
