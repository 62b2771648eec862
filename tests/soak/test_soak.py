"""The kill loop for three quarters of a minute; `make soak` has half an hour of it."""

import json
import subprocess
import sys

import pytest

from tests.supervisor.studio import POSTGRES, ROOT

MINUTES = "0.3" if POSTGRES else "0.7"


@pytest.mark.stack
def test_whatever_is_killed_nothing_is_lost_and_nothing_is_paid_twice() -> None:
    command = [sys.executable, "-m", "tests.soak", "--minutes", MINUTES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == [], found
    assert found["kills"] > 3
    assert sum(ends.get("done", 0) for ends in found["ends"].values()) > 5
