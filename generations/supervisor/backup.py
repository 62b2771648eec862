"""A copy of an embedded database, made before it is changed. Only a way back from an upgrade: a whole studio is backed up in keeping/."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.db import Error, connection

from generations.supervisor.terminal import first_line

KEPT = 5


def back_up(folder: Path, version: str) -> Path:
    """`VACUUM INTO` gives one consistent file, also while others write. Nobody else may read it: it holds what the database holds."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    final = folder / f"before-{version}-{stamp}.sqlite3"
    draft = final.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        flush(draft)
        draft.rename(final)
        flush(folder)
    except (OSError, Error) as error:
        draft.unlink(missing_ok=True)
        raise SystemExit(
            f"The database must be upgraded, but no copy of it could be written to {folder}: {first_line(error)}. Nothing was changed."
        ) from None
    forget_old(folder)
    return final


def flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_old(folder: Path) -> None:
    made = sorted(folder.glob("before-*.sqlite3"), key=lambda path: path.stat().st_mtime_ns)
    for path in made[:-KEPT]:
        path.unlink(missing_ok=True)
