"""Files that are there whole or not at all, also after a power cut."""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o640, 0o750


def put(staged: Path, target: Path) -> None:
    """Moves it. It has its name only once its bytes are on the disk; a second time, the same bytes take the place of the first."""
    flush(staged)
    make(target.parent)
    os.replace(staged, target)  # noqa: PTH105  the tests count these calls, and stop at each
    settle(target.parent)


def flush(path: Path) -> None:
    """What is on the disk already takes no time."""
    with path.open("rb") as file:
        os.fchmod(file.fileno(), FILE)
        os.fsync(file.fileno())


def make(folder: Path) -> None:
    """A new folder outlives a power cut once the one above it is on the disk."""
    if folder.is_dir():
        return
    make(folder.parent)
    with suppress(FileExistsError):
        os.mkdir(folder, FOLDER)  # noqa: PTH102
    settle(folder.parent)


def settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
