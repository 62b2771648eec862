"""The kill loop for a minute, in which people and blows take their time: other tests run beside it. `make soak` has half an hour of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.supervisor.studio import ROOT

SEED = "97"  # its first blows leave the cluster alone, so that the driver which was put to sleep lives to wake


@pytest.mark.stack
def test_whatever_is_killed_nothing_is_lost_and_nothing_is_paid_twice(beginning: Path) -> None:
    command = [sys.executable, "-m", "tests.soak", "--minutes", "1", "--seed", SEED, "--pause", "10", "--rest", "8"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == [], found
    assert found["kills"] > 3
    assert found["blows"]["driver: stop"] == 1
    assert sum(ends.get("done", 0) for ends in found["ends"].values()) > 2
