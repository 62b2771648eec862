"""Where files are made, before they are anything: nobody looks for them here, and what is left over is thrown away."""

import errno
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from generations.media import disk

LEFT_OVER = 3600  # seconds; nothing is worked on for as long as that


@contextmanager
def desk(beside: Path | None = None) -> Iterator[Path]:
    """A folder for one piece of work. What still lies there when the work ends, well or badly, is gone."""
    room = place(beside)
    disk.make(room)
    made = Path(tempfile.mkdtemp(dir=room))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put(staged: Path, root: Path, name: str) -> None:
    """Into its place under `root`."""
    try:
        disk.put(staged, root / name)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        carry(staged, root, name)


def carry(staged: Path, root: Path, name: str) -> None:
    """From another disk: first beside its place, where half of it is nobody's business."""
    with desk(beside=root) as near:
        copy = near / staged.name
        shutil.copyfile(staged, copy)
        disk.put(copy, root / name)
    staged.unlink()


def place(beside: Path | None = None) -> Path:
    """Beside the data, or beside a folder that lies on another disk, so that a file is whole before it moves into place."""
    return (beside or settings.DATA) / "staging"


def sweep(older: float = LEFT_OVER) -> int:
    """What work left behind that was killed."""
    left = left_over(older)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def left_over(older: float = LEFT_OVER) -> list[Path]:
    rooms = [place(), place(settings.DATA / "spool"), *([place(settings.STORAGE)] if isinstance(settings.STORAGE, Path) else [])]
    return [path for room in rooms if room.is_dir() for path in room.iterdir() if age(path) > older]


def age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:  # its work has just ended
        return 0
