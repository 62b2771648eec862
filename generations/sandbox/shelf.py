"""A memory that cannot grow: the oldest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import RLock
from time import monotonic
from typing import Generic, TypeVar

DAY = 24 * 60 * 60.0
T = TypeVar("T")


@dataclass
class Place(Generic[T]):
    value: T
    weight: int
    since: float


class Shelf(Generic[T]):
    """At most `most` things, of `weight` bytes together, none older than `age` seconds."""

    def __init__(self, most: int, weight: int = 256 * 1024 * 1024, age: float = DAY, clock: Callable[[], float] = monotonic) -> None:
        self.most, self.heaviest, self.age, self.clock = most, weight, age, clock
        self.places: OrderedDict[str, Place[T]] = OrderedDict()
        self.weight = 0
        self.lock = RLock()

    def put(self, key: str, value: T, weight: int = 0) -> None:
        with self.lock:
            self._drop(key)
            self.places[key] = Place(value, weight, self.clock())
            self.weight += weight
            self._tidy()

    def get(self, key: str) -> T | None:
        with self.lock:
            self._tidy()
            place = self.places.get(key)
            return place.value if place else None

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[T]:
        with self.lock:
            return iter([place.value for place in self.places.values()])

    def clear(self) -> None:
        with self.lock:
            self.places.clear()
            self.weight = 0

    def _drop(self, key: str) -> None:
        place = self.places.pop(key, None)
        self.weight -= place.weight if place else 0

    def _tidy(self) -> None:
        last = self.clock() - self.age
        while self.places:
            key, oldest = next(iter(self.places.items()))
            if len(self.places) <= self.most and self.weight <= self.heaviest and oldest.since >= last:
                return
            self._drop(key)
