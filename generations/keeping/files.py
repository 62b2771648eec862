"""Files on their way into a backup and out of it, and the list of them."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generations.keeping import Refusal

PIECE = 1024 * 1024
UNHASHED = "-"  # smaller copies: they can be made again, so their size is enough


@dataclass(frozen=True)
class Entry:
    sha256: str
    bytes: int
    name: str

    def __str__(self) -> str:
        return f"{self.sha256} {self.bytes} {self.name}\n"


class List:
    """Written while files are copied; a million lines fit into no memory worth having."""

    def __init__(self, file: Path) -> None:
        self.file, self.files, self.bytes = file, 0, 0
        self.out: IO[str] = gzip.open(file, "wt", encoding="utf-8", compresslevel=5)  # noqa: SIM115

    def add(self, entry: Entry) -> None:
        self.out.write(str(entry))
        self.files, self.bytes = self.files + 1, self.bytes + entry.bytes

    def close(self) -> str:
        self.out.close()
        return digest(self.file)


def entries(file: Path) -> Iterator[Entry]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            sha256, size, name = line.rstrip("\n").split(" ", 2)
            if ".." in Path(name).parts or name.startswith("/"):
                raise Refusal(f"{file} names a file outside the backup: {name}. Nothing was changed.")
            yield Entry(sha256, int(size), name)


def digest(file: Path, tell: Callable[[bytes], object] = lambda piece: None) -> str:
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            found.update(piece)
            tell(piece)
    return found.hexdigest()


def copy(source: Path, target: Path, mode: int = 0o600) -> Entry:
    """It has its name only when it is whole."""
    folder(target.parent)
    draft = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as out:
            found = digest(source, out.write)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return Entry(found, target.stat().st_size, target.name)


def bring(source: Path, target: Path) -> str | None:
    """A second name for the same bytes where that can be had, else a copy, and then its hash."""
    folder(target.parent)
    with suppress(OSError):  # another disk, or one that knows no second names
        os.link(source, target)
        return None
    return copy(source, target, 0o640).sha256


def folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def settle() -> None:
    """All of it, at once: a million files one by one would take hours."""
    os.sync()


def throw_away(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
