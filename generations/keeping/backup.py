"""Makes a backup, while the studio works.

First the database, then the files: rows name only files that were there before them, and nothing is thrown away meanwhile. A file too
many does no harm.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction

from generations import journal
from generations.health.backups import SUBJECT
from generations.journal import Deed
from generations.journal.details import fit
from generations.keeping import Refusal, files, record, rows
from generations.keeping.files import UNHASHED, Entry
from generations.keeping.record import PICTURES, Manifest
from generations.media import names, spool
from generations.media.names import Kept
from generations.media.still import still
from generations.media.store import store
from generations.supervisor.terminal import first_line

ROOMS = ("o", "r", *(f"d/{side}" for side in names.SIDES))
ANCHORS = "journal.anchor"

Tell = Callable[[int], object]


@dataclass(frozen=True)
class Made:
    path: Path
    manifest: Manifest
    damaged: list[str]  # pictures here that are not what they were, and are not in the backup


def back_up(folder: Path, keep: int, tell: Tell = lambda count: None) -> Made:
    with alone():
        try:
            return into(folder, keep, tell)
        except (OSError, Error) as error:
            raise Refusal(f"No backup could be written to {folder}: {first_line(error)}. What lies there already is as it was.") from None


def into(folder: Path, keep: int, tell: Tell) -> Made:
    files.folder(folder)
    for half in folder.glob("*.part"):
        files.throw_away(half)
    path = folder / record.stamp()
    draft = path.with_suffix(".part")
    draft.mkdir(mode=0o700)
    try:
        manifest, damaged = fill(draft, folder / PICTURES, tell)
        files.settle()
        manifest.write(draft / "manifest.json")
        files.settle()
        draft.rename(path)
    except BaseException:
        files.throw_away(draft)
        raise
    for old in record.whole(folder)[:-keep]:
        files.throw_away(old)
    note(path, manifest)
    return Made(path, manifest, damaged)


def fill(draft: Path, pictures: Path, tell: Tell) -> tuple[Manifest, list[str]]:
    listed = files.List(draft / "files.txt.gz")
    damaged: list[str] = []
    take(listed, Path(settings.DATA) / ANCHORS, draft)  # before the rows that it speaks of: they may only be more
    with still():
        migrations = record.applied()
        counts = rows.snapshot(draft / rows.name())
        listed.add(Entry(files.digest(draft / rows.name()), (draft / rows.name()).stat().st_size, rows.name()))
        for path in [*sorted(spool.folder().glob("*")), *secrets()]:
            take(listed, path, draft / path.parent.name)
        for count, kept in enumerate(pictures_here(), 1):
            if entry := keep_picture(kept, pictures):
                listed.add(entry)
            elif (Path(settings.STORAGE) / kept.name).exists():  # or somebody has put it aside this moment
                damaged.append(kept.name)
            tell(count)
    bucket = settings.STORAGE if isinstance(settings.STORAGE, str) else ""
    kept_secrets = [path.name for path in secrets()]
    sha256 = listed.close()
    told = Manifest(
        settings.VERSION, connection.vendor, migrations, counts, bucket, kept_secrets, listed.files, listed.bytes, sha256
    )  # fmt: skip
    return told, damaged


def take(listed: files.List, source: Path, target: Path) -> None:
    """Answers come and go: one that has gone since was understood and kept."""
    if source.is_file():
        copied = files.copy(source, target / source.name)
        place = target.name if target.name in ("spool", "secrets") else ""
        listed.add(Entry(copied.sha256, copied.bytes, f"{place}/{copied.name}" if place else copied.name))


def secrets() -> list[Path]:
    return sorted(path for path in settings.SECRETS.glob("*") if path.is_file())


def pictures_here() -> Iterator[Kept]:
    for room in ROOMS if isinstance(settings.STORAGE, Path) else ():
        yield from store().kept(room)


def keep_picture(kept: Kept, pictures: Path) -> Entry | None:
    """Once for all backups. Its name says what it is; None: it is not that any more, and no whole one was kept before."""
    target = pictures / kept.name
    expected = UNHASHED if kept.name.startswith("d/") else target.stem
    entry = Entry(expected, kept.bytes, f"{PICTURES}/{kept.name}")
    if target.exists() and target.stat().st_size == kept.bytes:
        return entry
    near = target.with_name(f"{target.name}.new")
    near.unlink(missing_ok=True)
    try:
        found = files.bring(Path(settings.STORAGE) / kept.name, near)
    except FileNotFoundError:
        return None
    if found is None or expected in (UNHASHED, found):
        near.rename(target)
        return entry
    near.unlink()
    return Entry(expected, target.stat().st_size, entry.name) if target.exists() else None


@transaction.atomic
def note(path: Path, manifest: Manifest) -> None:
    """In the journal, which all nodes share: pages read it there."""
    told: dict[str, Any] = {"made": path.name, "files": manifest.files, "bytes": manifest.bytes}
    with suppress(journal.Unfit):  # some paths are better not kept for ever
        told |= fit({"place": str(path.parent)})
    journal.write(Deed.BACKUP, subject=SUBJECT, **told)


@contextmanager
def alone() -> Iterator[None]:
    try:
        lock = (Path(settings.DATA) / "backup.lock").open("a")
    except OSError as error:
        raise Refusal(f"{settings.DATA} cannot be written: {first_line(error)}.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal("Another backup is being made. Wait for its end.") from None
        except OSError:
            pass
        yield


def same_disk(folder: Path) -> bool:
    return os.stat(folder).st_dev == os.stat(settings.DATA).st_dev  # noqa: PTH116
