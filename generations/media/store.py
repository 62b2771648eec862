"""Where pictures are kept: in a folder or in a bucket, as STUDIO_STORAGE says. Whoever uses it need not know which.

What cannot be done ends in an OSError: a disk is full, a bucket does not answer. What is not there is a FileNotFoundError.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from generations.media.folder import Folder
from generations.media.names import Kept, Name


class Store(Protocol):
    def keep(self, staged: Path, name: Name) -> None:
        """Moves a staged file here. It is seen only when it is whole; if this fails, it is still staged. Twice does no harm."""

    def open(self, name: Name) -> BinaryIO:
        """To read and to seek in. Once this returns, nothing can be missing halfway."""

    def has(self, name: Name) -> bool: ...

    def size(self, name: Name) -> int: ...

    def remove(self, name: Name) -> None:
        """Nothing happens if it is not there."""

    def kept(self, under: str) -> Iterator[Kept]:
        """All files below `o`, `r`, `d/320`, `o/ab`…, in the order of their names."""

    def link(self, name: Name, seconds: int) -> str | None:
        """An address that gives the file to whoever has it, for so long; None where only the studio itself can."""


def store() -> Store:
    return at(settings.STORAGE)


def changed(name: Name) -> datetime | None:
    """When it was put there; None if it is not there."""
    return next((kept.changed for kept in store().kept(name.rpartition("/")[0]) if kept.name == name), None)


@cache
def at(place: Path | str) -> Store:
    if isinstance(place, Path):
        return Folder(place)
    from generations.media.bucket import Bucket  # its driver is not everywhere, and large

    return Bucket(place)


os.register_at_fork(after_in_child=at.cache_clear)  # two processes must not speak on one connection
