"""The packages in `.venv`: exactly the locked ones, as many groups of them as anybody asked for so far.

A stamp says what is there, so that the second run costs nothing. What is there is never taken away: `make run` after
`make test` leaves the test packages alone.
"""

import argparse
import errno
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import ROOT, VENV, Stop, install

STAMP = VENV / "seedbed.json"
GROUPS = ("test", "lint")
EXTRAS = ("postgres", "redis", "s3", "mcp")


@dataclass(frozen=True)
class Needs:
    groups: frozenset[str] = frozenset()
    extras: frozenset[str] = frozenset()

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(self.groups | other.groups, self.extras | other.extras)

    def within(self, other: "Needs | None") -> bool:
        return other is not None and self.groups <= other.groups and self.extras <= other.extras


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bootstrap", description="Make .venv with the locked packages.")
    parser.add_argument("--group", action="append", default=[], choices=GROUPS)
    parser.add_argument("--extra", action="append", default=[], choices=EXTRAS)
    given = parser.parse_args(arguments)
    try:
        ensure(Needs(frozenset(given.group), frozenset(given.extra)) | configured(dict(os.environ)))
        return 0
    except Stop as stop:
        print(stop, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Run it again to go on.", file=sys.stderr)
    except OSError as error:
        print(explain(error), file=sys.stderr)
    return 1


def explain(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Make room and run this again."
    return f"The packages cannot be put in place: {error.filename or VENV}: {error.strerror or error}."


def configured(variables: dict[str, str]) -> Needs:
    """The drivers that the studio's own settings call for; EXTRAS asks for more."""
    extras = set(variables.get("EXTRAS", "").replace(",", " ").split())
    if unknown := extras - set(EXTRAS):
        raise Stop(f"EXTRAS names {', '.join(sorted(unknown))}; there are only {', '.join(EXTRAS)}.")
    if setting("DATABASE_URL", variables).startswith("postgres"):
        extras.add("postgres")
    if setting("REDIS_URL", variables):
        extras.add("redis")
    if setting("STUDIO_STORAGE", variables).startswith("s3://"):
        extras.add("s3")
    return Needs(extras=frozenset(extras))


def setting(name: str, variables: dict[str, str]) -> str:
    """As studio/env.py finds it, which needs packages itself. What cannot be read is the studio's to complain about."""
    try:
        for values in (variables, read_dotenv(Path(variables.get("STUDIO_DOTENV") or ROOT / ".env"))):
            if found := values.get(name):
                return found.strip()
            if file := values.get(f"{name}_FILE"):
                return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        pass
    return ""


def read_dotenv(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip().removeprefix("export "): value.strip().strip("\"'") for name, _, value in pairs}


def ensure(wanted: Needs) -> None:
    if wanted.within(present()):
        return
    with alone():
        if wanted.within(present()):  # somebody else did it while we waited
            return
        whole = wanted | (stamped() or Needs())
        print("Installing the locked packages into .venv (a minute or two, the first time).", flush=True)
        if stamped():
            stamp(whole, [])  # half of it may be there if this is interrupted
        install.install(whole.groups, whole.extras)
        stamp(whole, made_from())


@contextmanager
def alone() -> Iterator[None]:
    """Two at once would write over one another."""
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / "bootstrap.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Somebody else is installing into .venv; waiting for them.", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def present() -> Needs | None:
    """What is surely there; None if the lock or Python changed since, or the environment does not run."""
    there = stamped()
    return there if there is not None and read_stamp().get("made_from") == made_from() else None


def stamped() -> Needs | None:
    stamp = read_stamp()
    return Needs(frozenset(stamp["groups"]), frozenset(stamp["extras"])) if stamp else None


def read_stamp() -> dict[str, list[str]]:
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and {"made_from", "groups", "extras"} <= set(found) else {}


def stamp(needs: Needs, source: list[str]) -> None:
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps({"made_from": source, "groups": sorted(needs.groups), "extras": sorted(needs.extras)}))
    draft.replace(STAMP)


def made_from() -> list[str]:
    """The lock and the Python that runs in the environment (asking for its version costs a few milliseconds)."""
    return [hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest(), spoken_version()]


def spoken_version() -> str:
    try:
        said = subprocess.run([VENV / "bin" / "python", "-V"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.strip().rpartition(".")[0]
