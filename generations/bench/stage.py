"""A throw-away studio to measure: a folder and a database of its own, and the programs that run on them. All of it is gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

OURS = ("HOST", "PORT", "DATABASE_URL", "REDIS_URL")


class Stage:
    def __init__(self, folder: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_") and name not in OURS}
        self.environment = {**inherited, "STUDIO_DATA": str(folder), "STUDIO_DOTENV": os.devnull, "PYTHONUNBUFFERED": "1"}
        self.programs: list[subprocess.Popen[str]] = []
        self.leash, self.ours = os.pipe()  # nothing outlives the bench, however that ends

    def run(self, *command: str) -> str:
        """Its last line; what it complains of is shown."""
        done = subprocess.run(
            [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout.strip().rpartition("\n")[2]

    def start(self, *command: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-m", "generations.supervisor.leash", str(self.leash), *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=[self.leash],
        )
        self.programs.append(program)
        return program

    def sandbox(self, speed: float) -> int:
        """Its port."""
        said = self.start("manage.py", "sandbox", "--port", "0", "--speed", str(speed)).stdout
        return int(said.readline().rsplit(":", 1)[1]) if said else 0

    def end(self) -> None:
        for program in reversed(self.programs):
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, 9)
                program.wait()
            if program.stdout:
                program.stdout.close()
        os.close(self.leash)
        os.close(self.ours)


@contextmanager
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="seedbed-bench-") as folder:
        stage = Stage(Path(folder))
        try:
            stage.run("manage.py", "migrate", "--verbosity", "0")
            yield stage
        finally:
            stage.end()
