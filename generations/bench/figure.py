"""A measured figure with its limit."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    limit: float
    unit: str
    at_least: bool = False  # the limit; otherwise it is the most

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, after one that warms up."""
    work()
    taken = []
    for _run in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken) * 1000
