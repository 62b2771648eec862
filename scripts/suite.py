"""All tests, on SQLite and then on a PostgreSQL that is started for them. The last line is the test runner's own."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scripts import ROOT, VENV, Stop, plugin, postgres
from scripts.scratch import is_strict, scratch

# The first is Chromium without what only a person at a screen needs, at three quarters of the cost.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST = 8  # processes; more would only wait for one another's browsers and databases
APPLICATIONS = ("/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


@dataclass(frozen=True)
class Tools:
    """What the tests use besides Python; None where this machine has none."""

    chromium: str | None
    redis: str | None
    postgres: Path | None

    @property
    def missing(self) -> list[str]:
        told = {
            "Chromium is missing, so the tests that drive a browser are": (self.chromium, "chromium", "--cask chromium"),
            "Redis is missing, so the tests that need it are": (self.redis, "redis-server", "redis"),
            "PostgreSQL is missing, so the run on it is": (self.postgres, "postgresql", "postgresql"),
        }
        return [
            f"{what} left out. To get it: apt install {apt} (Debian), brew install {brew} (macOS)."
            for what, (found, apt, brew) in told.items()
            if not found
        ]


def main(arguments: list[str]) -> int:
    tools = find_tools(dict(os.environ))
    for sentence in tools.missing:
        print(sentence, flush=True)
    if tools.missing and is_strict(dict(os.environ)):
        print("Nothing may be left out here.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, leave)
    try:
        return on_sqlite(tools, arguments) or on_postgres(tools, arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1


def find_tools(variables: dict[str, str]) -> Tools:
    """CHROMIUM names a browser that is not found by itself."""
    named = [variables["CHROMIUM"]] if variables.get("CHROMIUM") else [*BROWSERS, *APPLICATIONS]
    chromium = next((found for found in map(shutil.which, named) if found), None)
    return Tools(chromium, shutil.which("redis-server"), postgres.find())


def on_sqlite(tools: Tools, arguments: list[str]) -> int:
    print("On SQLite.", flush=True)
    return run(tools, [*options(tools, other="postgres"), *arguments], {})


def on_postgres(tools: Tools, arguments: list[str]) -> int:
    """Only after SQLite has passed: a failure must be the last thing on the screen."""
    if not tools.postgres:
        return 0
    with postgres.running(tools.postgres) as address:
        print("On PostgreSQL.", flush=True)
        return run(tools, [*options(tools, other="sqlite"), *arguments], {"DATABASE_URL": address})


def options(tools: Tools, other: str) -> list[str]:
    """What cannot run here is left out by its marker, and so are the few tests that are about the other database."""
    absent = [marker for marker, tool in (("browser", tools.chromium), ("redis", tools.redis)) if not tool]
    chosen = ["-m", " and ".join(f"not {marker}" for marker in [*absent, other])]
    # Neighbours stay together, so that what a module sets up is set up once, and who is idle takes over from others. There are
    # some more than there are processors, for those begin with what waits.
    spread = ["-n", str(min(os.cpu_count() or 1, MOST) + plugin.WAITING), "--dist", "worksteal"]
    return ["-p", "scripts.plugin", "--no-header", *spread, *chosen]


def run(tools: Tools, arguments: list[str], more: dict[str, str]) -> int:
    command = [str(VENV / "bin" / "python"), "-m", "pytest", *arguments]
    with scratch() as variables:
        found = {"CHROMIUM": tools.chromium or "", "REDIS_SERVER": tools.redis or ""}
        with subprocess.Popen(command, cwd=ROOT, env={**variables, **found, **more}) as tests:
            return wait(tests)


def wait(tests: "subprocess.Popen[bytes]") -> int:
    """Ctrl+C reaches the tests as well as us: let them tidy up and have the last word."""
    while True:
        try:
            return tests.wait()
        except KeyboardInterrupt:
            continue
        except SystemExit:
            tests.send_signal(signal.SIGINT)
            tests.wait(30)
            raise


def leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
