"""One real studio for all tests of programs' doors, whatever process of the run they are in: `manage.py up` with web server, workers and
the sandbox of every dialect. It is started by whoever needs it first, and gone when the last has finished.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.keeper import PATIENCE, locked, used
from tests.supervisor.studio import ROOT, Studio

SPEED = "200"  # times as fast as the providers that the sandbox plays


@dataclass(frozen=True)
class Crew:
    """A team of one, who may do everything in it; the scopes of a token alone decide."""

    team: str  # its slug
    email: str
    tokens: dict[str, str]  # by scope: generate, read, review; and one for all of them

    @property
    def token(self) -> str:
        return self.tokens["all"]


class Joined(Studio):
    """Somebody else keeps it, for all of us."""

    def __init__(self, place: Path) -> None:
        told = json.loads((place / "told.json").read_text())
        super().__init__(Path(told["folder"]), told["database"])
        self.place, self.founded = place, told["founded"]
        self.port = told["port"]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment["PORT"] = str(self.port)

    def count(self, what: str) -> int:
        """From 0; no process is told a number that another one has."""
        with locked(self.place / f"{what}.count") as file:
            number = file.tell()
            file.write(".")
        return number

    @property
    def log(self) -> str:
        return (self.place / "log").read_text()


class Shared(Joined):
    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.crews_there = [Crew(**crew) for crew in self.founded]
        self.provider = f"http://127.0.0.1:{(self.folder / 'sandbox.port').read_text()}"

    def next_crew(self) -> Crew:
        """One that no test has had yet, in any process."""
        return self.crews_there[self.count("crews")]

    @property
    def ledger(self) -> list[dict[str, Any]]:
        """What the sandbox was paid for, of all crews: look for your own prompt's `digest`, or for a `task`."""
        return list(httpx.get(f"{self.provider}/ledger", trust_env=False, timeout=120).json())


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """Of all processes of a run, with the tables that it has made."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def studio(beginning: Path) -> Iterator[Shared]:
    with joined(beginning / "shared-studio", "tests.servers.founding", SPEED) as place:
        shared = Shared(place)
        yield shared
        assert "Traceback" not in shared.log, shared.log


@contextmanager
def joined(place: Path, founding: str, speed: str) -> Iterator[Path]:
    """A studio runs there for as long as we or another process need it."""
    place.mkdir(exist_ok=True)
    with (place / "users").open("a") as using:
        with locked(place / "door"):
            fcntl.flock(using, fcntl.LOCK_SH)
            if not (place / "told.json").exists():
                start(place, founding, speed)
        yield place
    with locked(place / "door"):
        if not used(place / "users"):
            with locked(place / "keeper"):  # it has ended
                pass


def start(place: Path, *words: str) -> None:
    with locked(place / "keeper"):  # one before us has ended
        for count in place.glob("*.count"):
            count.unlink()
    with (place / "keeper.log").open("w") as said:
        subprocess.run([sys.executable, "-m", "tests.servers.keeper", str(place), *words], cwd=ROOT, stdout=said, stderr=said, check=True)
    last = time.monotonic() + PATIENCE
    while not (place / "told.json").exists():
        assert used(place / "keeper"), (place / "keeper.log").read_text()
        assert time.monotonic() < last, (place / "keeper.log").read_text()
        time.sleep(0.05)


@pytest.fixture
def crew(studio: Shared) -> Crew:
    return studio.next_crew()
