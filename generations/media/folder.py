"""A store on a disk."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from generations.media import staging
from generations.media.names import Kept, Name


@dataclass(frozen=True)
class Folder:
    root: Path

    def keep(self, staged: Path, name: Name) -> None:
        staging.put(staged, self.root, name)

    def open(self, name: Name) -> BinaryIO:
        return (self.root / name).open("rb")

    def has(self, name: Name) -> bool:
        return (self.root / name).is_file()

    def size(self, name: Name) -> int:
        return (self.root / name).stat().st_size

    def remove(self, name: Name) -> None:
        (self.root / name).unlink(missing_ok=True)

    def kept(self, under: str) -> Iterator[Kept]:
        for path in files(self.root / under):
            found = path.stat()
            yield Kept(Name(path.relative_to(self.root).as_posix()), found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def link(self, name: Name, seconds: int) -> str | None:
        return None


def files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            yield from files(folder / entry.name)
        else:
            yield folder / entry.name
