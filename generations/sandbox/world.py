"""All that the sandbox knows: its settings, what was bought, and how often each drill has struck. In memory, and bounded."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_bytes

from generations.sandbox.ledger import Ledger
from generations.sandbox.order import Order
from generations.sandbox.painter import BLOT, SHEET, SKETCH
from generations.sandbox.shelf import Shelf
from generations.sandbox.weather.drills import DRILLS


@dataclass(frozen=True)
class Upload:
    content: bytes = field(repr=False)
    type: str


@dataclass(frozen=True)
class Kept:
    """The task that an idempotency key stands for."""

    digest: str
    task: str


HURRY, RUSH = 5, 100  # times as fast


@dataclass
class World:
    speed: float = 1.0  # everything takes so many times less long
    link_life: float | None = None  # seconds; None: as long as each provider says. Not sped up
    ledger: Ledger = field(default_factory=Ledger)
    orders: Shelf[Order] = field(default_factory=lambda: Shelf(20_000))
    kept: Shelf[Kept] = field(default_factory=lambda: Shelf(20_000))
    uploads: Shelf[Upload] = field(default_factory=lambda: Shelf(2_000))
    sights: Shelf[bytes] = field(default_factory=lambda: Shelf(5_000))  # by the hash of the reference, for many send the same
    strokes: Shelf[int] = field(default_factory=lambda: Shelf(100_000))
    secret: bytes = field(default_factory=lambda: token_bytes(16), repr=False)

    def now(self) -> float:
        return time.time()

    @property
    def sheet(self) -> int:
        return SHEET if self.speed < HURRY else SKETCH if self.speed < RUSH else BLOT

    def pause(self, seconds: float) -> None:
        time.sleep(seconds / self.speed)

    def strikes(self, drills: Mapping[str, int], name: str, subject: str) -> bool:
        """Whether a drill acts now: not if it was not asked for, and not if it has acted on the same subject often enough."""
        if name not in drills:
            return False
        times = drills[name] or DRILLS[name].times
        if not times:
            return True
        key = f"{name} {subject}"
        with self.strokes.lock:
            struck = self.strokes.get(key) or 0
            self.strokes.put(key, struck + 1)
        return struck < times

    def first(self, drills: Mapping[str, int], names: Mapping[str, object], subject: str, prefix: str = "") -> str:
        """The drill of a family that acts now, or nothing."""
        return next((name for name in names if self.strikes(drills, prefix + name, subject)), "")

    def clear(self) -> None:
        """Between two tests. Tasks and pictures stay, for whoever still waits for one."""
        self.ledger.clear()
        self.strokes.clear()
        self.kept.clear()
