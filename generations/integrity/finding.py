from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Mend = Callable[[], bool]  # False: it could not be mended


class Kind(StrEnum):
    MISSING = "missing"
    SIZE = "size"
    HASH = "hash"
    UNDECODABLE = "undecodable"
    BACK = "back"
    REFERENCE = "reference"
    STUCK = "stuck"
    MONEY = "money"
    JOURNAL = "journal"
    SUMS = "sums"
    REVIEW = "review"
    ORPHAN = "orphan"
    ORPHAN_DERIVED = "orphan_derived"
    LEFT_OVER = "left_over"


WASTE = {Kind.BACK, Kind.ORPHAN, Kind.ORPHAN_DERIVED, Kind.LEFT_OVER}  # nothing is lost by it


@dataclass(frozen=True)
class Finding:
    kind: Kind
    subject: str  # image/17, or the name of a file
    sentence: str
    do: str
    mend: Mend | None = None
    deletes: bool = False  # mending it is throwing it away

    def __str__(self) -> str:
        return f"{self.sentence} {self.do}"
