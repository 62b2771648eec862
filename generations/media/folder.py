"""A store on a disk."""

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from generations.media import disk, staging
from generations.media.names import Kept, Name


@dataclass(frozen=True)
class Folder:
    root: Path

    def keep(self, staged: Path, name: Name) -> None:
        try:
            disk.put(staged, self.root / name)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self.carry(staged, name)

    def carry(self, staged: Path, name: Name) -> None:
        """From another disk: first beside its place, where half of it is nobody's business."""
        with staging.desk(beside=self.root) as desk:
            near = desk / staged.name
            shutil.copyfile(staged, near)
            disk.put(near, self.root / name)
        staged.unlink()

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
