"""Keeps one studio for all processes of a test run: `python -m tests.servers.keeper FOLDER FOUNDING SPEED`. It is as the module FOUNDING
makes it, and ends when the last of them has gone.

Whoever uses it holds a lock on a file, which the kernel lets go whatever becomes of the process; the keeper holds one too.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

from tests.supervisor.studio import ROOT, Studio, a_database

LOOK = 0.2
PATIENCE = 120  # seconds, for a busy machine


def keep(folder: Path, founding: str, speed: str) -> None:
    with a_database() as database, tempfile.TemporaryDirectory(dir=folder) as data:
        studio = Studio(Path(data), database, STUDIO_SANDBOX_SPEED=speed)
        tables(folder.parent, studio.folder)
        founded = json.loads(studio.inside(founding))
        with running(studio, folder / "log"):
            told = {"port": studio.port, "folder": data, "database": database, "founded": founded}
            write(folder / "told.json", json.dumps(told))
            try:
                while used(folder / "users"):
                    time.sleep(LOOK)
            finally:
                (folder / "told.json").unlink()


def tables(run: Path, folder: Path) -> None:
    """Those that this run of tests has made already: to go through all migrations takes longer than all the rest."""
    if (model := run / "tables.sqlite").exists():
        shutil.copy(model, folder / "studio.sqlite3")


@contextmanager
def running(studio: Studio, log: Path) -> Iterator[None]:
    """On a leash: nothing of it outlives this process, however that ends."""
    leash, ours = os.pipe()
    command = [sys.executable, "-m", "generations.supervisor.leash", str(leash), "manage.py", "up"]
    with log.open("w") as said:
        studio.process = subprocess.Popen(
            command, cwd=ROOT, env=studio.environment, stdout=said, stderr=subprocess.STDOUT, pass_fds=[leash]
        )  # fmt: skip
    try:
        last = time.monotonic() + PATIENCE
        while "Seedbed is ready" not in log.read_text():
            if studio.process.poll() is not None or time.monotonic() > last:
                sys.exit("The shared studio did not start:\n" + log.read_text())
            time.sleep(0.1)
        yield
    finally:
        alive = studio.tree() if studio.process.poll() is None else []
        studio.end()
        psutil.wait_procs(alive, 10)
        os.close(leash)
        os.close(ours)


def write(path: Path, text: str) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(text)
    draft.rename(path)


def used(path: Path) -> bool:
    with path.open("a") as file, suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True


@contextmanager
def locked(path: Path, how: int = fcntl.LOCK_EX) -> Iterator[IO[str]]:
    with path.open("a") as file:
        fcntl.flock(file, how)
        yield file


if __name__ == "__main__":
    place = Path(sys.argv[1])
    with locked(place / "keeper"):
        if os.fork():  # whoever started us need not bury us; the lock is the child's as well
            os._exit(0)
        os.setsid()
        keep(place, *sys.argv[2:])
