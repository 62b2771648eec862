"""A sandbox apart from the studio: its ledger outlives whatever happens there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.supervisor.studio import ROOT


class Provider:
    def __init__(self, port: str, speed: float) -> None:
        self.port, self.speed = port, speed

    @property
    def ledger(self) -> list[dict[str, Any]]:
        return list(httpx.get(f"http://127.0.0.1:{self.port}/ledger", trust_env=False).json())

    @property
    def paid(self) -> int:
        """Calls that were taken on."""
        return len(self.ledger)

    def takes(self, seconds: float) -> str:
        """For a prompt: it will take so long."""
        return f"[drill:takes={seconds * self.speed:.0f}]"


@contextmanager
def provider(folder: str, speed: float) -> Iterator[Provider]:
    command = [sys.executable, "-m", "generations.sandbox", "--port", "0", "--speed", str(speed)]
    environment = {**os.environ, "STUDIO_DATA": folder, "STUDIO_DOTENV": os.devnull}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Provider(process.stdout.readline().rsplit(":", 1)[1].strip(), speed)
        finally:
            process.terminate()
