import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """A real sandbox, two hundred times as fast as the providers it plays."""
    program = [sys.executable, "-m", "generations.sandbox", "--port", "0", "--speed", "200"]
    with subprocess.Popen(program, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, text=True) as sandbox:
        assert sandbox.stdout
        yield int(sandbox.stdout.readline().rsplit(":", 1)[1])
        sandbox.terminate()
