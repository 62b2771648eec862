"""Which files are read again from their first to their last byte."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

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


def hash_of(name: Name) -> str:
    """Empty: the disk does not give it."""
    try:
        with store().open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
