"""Every gate, also after one has failed; what a failed one says comes last, where it is read."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts import LEFT_OUT, ROOT, VENV
from scripts.scratch import is_strict, scratch

PYTHON = str(VENV / "bin" / "python")
DEPLOYED = {"STUDIO_PUBLIC_URL": "https://studio.example"}


@dataclass(frozen=True)
class Gate:
    name: str
    command: tuple[str, ...]


# The slow one first: two run at a time.
GATES = (
    Gate("types", ("-m", "mypy")),
    Gate("style", ("-m", "ruff", "check", "--quiet", "--output-format", "concise")),
    Gate("format", ("-m", "ruff", "format", "--check", "--quiet", "--output-format", "concise")),
    Gate("templates", ("-m", "djlint", "--lint", "--quiet", "templates")),
    Gate("layers", (str(VENV / "bin" / "lint-imports"), "--no-logo")),
    Gate("shape", ("-m", "scripts.shape")),
    Gate("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Gate("deployment", ("manage.py", "check", "--deploy", "--fail-level", "WARNING")),
    Gate("words", ("-m", "scripts.words", "--check")),
    Gate("vendored files", ("-m", "scripts.vendor", "--check")),
    Gate("requirements", ("-m", "scripts.lock", "--check")),
)


@dataclass(frozen=True)
class Outcome:
    gate: Gate
    code: int
    said: str
    seconds: float


def main(arguments: list[str]) -> int:
    chosen = [gate for gate in GATES if not arguments or gate.name in arguments]
    failed = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for outcome in pool.map(enter, chosen):
            passed = outcome.code == 0 or (outcome.code == LEFT_OUT and not is_strict(dict(os.environ)))
            print(f"{outcome.gate.name:16}{verdict(outcome)}", flush=True)
            if not passed:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n{outcome.gate.name}\n{outcome.said.strip()}")
    if failed:
        print(f"\nFailed: {', '.join(outcome.gate.name for outcome in failed)}.")
    return int(bool(failed))


def verdict(outcome: Outcome) -> str:
    if outcome.code == LEFT_OUT:
        return f"left out. {outcome.said.strip()}"
    return f"{'FAILED' if outcome.code else 'holds'}, {outcome.seconds:.1f} s"


def enter(gate: Gate) -> Outcome:
    started = time.monotonic()
    with scratch() as variables:
        variables |= {"NO_COLOR": "1", "PYTHONPATH": str(ROOT), **(DEPLOYED if gate.name == "deployment" else {})}
        done = subprocess.run([PYTHON, *gate.command], cwd=ROOT, env=variables, capture_output=True, text=True)
    return Outcome(gate, done.returncode, done.stdout + done.stderr, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
