"""What all studios of a run begin with: static files, collected once by whoever needs them first, and the tables of the tests."""

import os
from pathlib import Path

import pytest

from tests.servers.keeper import locked
from tests.supervisor.studio import BEGINNING, Studio


@pytest.fixture(scope="session")
def beginning(run_folder: Path) -> Path:
    os.environ[BEGINNING] = str(run_folder)  # also for studios that programs of ours start
    with locked(run_folder / "beginning"):
        if not (run_folder / "static.stamp").exists():
            (run_folder / "collecting").mkdir()
            Studio(run_folder / "collecting", "").inside("tests.servers.collecting")
    return run_folder
