"""Collect and compress the static files, only when one of them has changed: it takes seconds."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from generations.supervisor.terminal import first_line

UNUSED = ["django_htmx"]  # its own copy of htmx imports a module that is not there; we serve ours


def collect(root: Path, version: str) -> None:
    stamp = root.with_name(f"{root.name}.stamp")
    try:
        now = fingerprint(version)
        if (root / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
        stamp.write_text(now)
    except OSError as error:
        raise SystemExit(
            f"The static files cannot be written to {root}: {first_line(error)}. Change its owner, or STUDIO_STATIC."
        ) from None
    except ValueError as error:  # a file names another one that is not there
        raise SystemExit(f"The static files do not fit together: {first_line(error)}. Get a fresh copy of Seedbed.") from None


def fingerprint(version: str) -> str:
    return hashlib.sha256("\n".join([version, *sorted(sources())]).encode()).hexdigest()


def sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            seen = Path(storage.path(name)).stat()
            yield f"{name} {seen.st_size} {seen.st_mtime_ns}"
