"""Start the real settings in a process of their own: nothing of this process's environment, nothing patched."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def manage(*words: str, **variables: object) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "manage.py", *words, **variables)


def setting(*names: str, **variables: object) -> object:
    """Settings as they come out; the studio must start."""
    found = ", ".join(f"settings.{name}" for name in names)
    done = run(sys.executable, "-c", f"import json; from studio import settings; print(json.dumps([{found}]))", **variables)
    assert done.returncode == 0, done.stderr
    values = json.loads(done.stdout)
    return values[0] if len(names) == 1 else values


def refusal(**variables: object) -> str:
    """What the studio says when it does not start: one message, no traceback."""
    done = run(sys.executable, "-c", "import studio.settings", **variables)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def run(*command: str, **variables: object) -> subprocess.CompletedProcess[str]:
    given = {name: str(value) for name, value in {"STUDIO_DOTENV": os.devnull, **variables}.items()}
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore", **given}
    return subprocess.run(command, env=environment, cwd=Path(settings.BASE_DIR), capture_output=True, text=True, timeout=60)
