"""Which files are read again from their first to their last byte, and what is found wrong with them."""

import hashlib
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import cast

from django.conf import settings

from generations.integrity.finding import Kind
from generations.media import look, staging
from generations.media.names import Name
from generations.media.store import store


@dataclass(frozen=True)
class Share:
    """So many of a hundred, and others every day, so that each has its turn."""

    percent: int = 100
    day: int = field(default_factory=lambda: datetime.now(UTC).toordinal())
    until: float = float("inf")  # by the clock of this process; then nothing more is read

    def has(self, sha256: str) -> bool:
        turn = (int(sha256[:8], 16) - self.day * self.percent) % 100
        return turn < self.percent and monotonic() < self.until


def damage(name: Name, sha256: str) -> Kind | None:
    """Of a file whose bytes are known by their hash."""
    try:
        with store().open(name) as file:
            found = hashlib.file_digest(cast(BytesIO, file), "sha256").hexdigest()
            return None if found == sha256 else Kind.HASH
    except FileNotFoundError:
        return None  # it was thrown away meanwhile
    except OSError as error:
        return unreadable(error)


def blurred(name: Name) -> Kind | None:
    """Of a smaller copy: nobody knows its hash, but it has to be a picture."""
    with staging.desk() as desk:
        try:
            with look.opened(copied(name, desk), look.RETURNED) as image:
                look.decode(image)
        except FileNotFoundError:
            return None
        except look.NotAPicture:
            return Kind.UNDECODABLE
        except OSError as error:
            return unreadable(error)
    return None


def copied(name: Name, desk: Path) -> Path:
    path = desk / "copy"
    with store().open(name) as file, path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    return path


def unreadable(error: OSError) -> Kind:
    """One file of a disk may be beyond reading. A bucket that does not answer is another matter: then nothing can be said at all."""
    if isinstance(settings.STORAGE, Path):
        return Kind.UNDECODABLE
    raise error
