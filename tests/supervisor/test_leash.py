"""The leash alone, with a program that forks once and sleeps."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

FORKS = """
import os, sys, time
child = os.fork()
if child:
    print(child, flush=True)
time.sleep(60)
"""


class Leashed:
    def __init__(self, script: Path) -> None:
        reading, self.end = os.pipe()
        command = [sys.executable, "-m", "generations.supervisor.leash", str(reading), str(script)]
        self.process = subprocess.Popen(command, pass_fds=[reading], stdout=subprocess.PIPE, start_new_session=True)
        os.close(reading)
        self.parent = psutil.Process(self.process.pid)
        self.child = psutil.Process(int(self.process.stdout.readline()))

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.parent.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        with suppress(OSError):
            os.close(self.end)


@pytest.fixture
def leashed(tmp_path: Path) -> Iterator[Leashed]:
    script = tmp_path / "forks.py"
    script.write_text(FORKS)
    program = Leashed(script)
    yield program
    program.close()


def dies(process: psutil.Process, within: float = 4) -> bool:
    return process in psutil.wait_procs([process], within)[0]


def test_all_die_when_it_is_let_go(leashed: Leashed):
    os.close(leashed.end)
    assert dies(leashed.parent)
    assert dies(leashed.child)


def test_a_child_dies_with_its_parent(leashed: Leashed):
    leashed.parent.kill()
    leashed.process.wait()
    assert dies(leashed.child)


def test_a_parent_outlives_its_child(leashed: Leashed):
    leashed.child.kill()
    assert not dies(leashed.parent, within=2)


def test_signals_and_the_exit_code_are_those_of_the_program(leashed: Leashed):
    leashed.parent.terminate()
    assert leashed.process.wait(4) == -signal.SIGTERM


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux tells what a thread blocks")
def test_no_signal_is_taken_from_the_program(leashed: Leashed):
    blocked = [blocked_by(task) for task in (Path("/proc") / str(leashed.parent.pid) / "task").iterdir()]
    assert sorted(bool(mask >> (signal.SIGTERM - 1) & 1) for mask in blocked) == [False, True]


def blocked_by(task: Path) -> int:
    (line,) = [line for line in (task / "status").read_text().splitlines() if line.startswith("SigBlk")]
    return int(line.split()[1], 16)
