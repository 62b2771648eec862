"""How much memory work takes at once."""

import tracemalloc
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


def within(limit: int, work: Callable[[], Made]) -> Made:
    """What the work makes, if it takes fewer bytes than that. Three tries: other threads of this process may take some meanwhile."""
    for _ in range(3):
        made, peak = measured(work)
        if peak < limit:
            return made
    raise AssertionError(f"It took {peak} bytes; the limit is {limit}.")


def measured(work: Callable[[], Made]) -> tuple[Made, int]:
    tracemalloc.start()
    try:
        return work(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
