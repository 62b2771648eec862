"""What a provider would send the bill for. It is how a test proves that one click was one paid call."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock

LINES = 100_000


@dataclass(frozen=True)
class Line:
    """A call that was taken on, whatever became of its answer."""

    time: float
    dialect: str
    wire_id: str
    images: int
    key: str  # its last four letters
    idempotency_key: str
    task: str
    digest: str  # equal for equal requests
    drills: Sequence[str]
    billed: int  # images that are really charged: fewer came, or all were refunded
    n: int = 0  # the ledger numbers its lines


class Ledger:
    def __init__(self) -> None:
        self.lines: deque[Line] = deque(maxlen=LINES)
        self.lock = Lock()
        self.numbers = count(1)

    def write(self, line: Line) -> None:
        with self.lock:
            self.lines.append(replace(line, n=next(self.numbers)))

    def read(self) -> list[Line]:
        with self.lock:
            return list(self.lines)

    def clear(self) -> None:
        with self.lock:
            self.lines.clear()
            self.numbers = count(1)
