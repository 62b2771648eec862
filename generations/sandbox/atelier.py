"""The atelier: as many threads as processors, however many ask.

Painting is pure computing, so more at once would only share the time. And they must always be the same threads: the C library
keeps what each thread has freed for that thread, and two hundred connections painting for themselves were seen to hold 1.8 GB.
"""

import os
from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache
from io import BytesIO
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from PIL import Image

from generations.sandbox.painter import SHEET, encode, paint

FIRST = Lock()
T = TypeVar("T")
Order = tuple[Future[Any], Callable[[], Any]]


@lru_cache(8)
def painted(prompt: str, index: int, width: int, height: int, format: str, sights: tuple[bytes, ...] = (), sheet: int = SHEET) -> bytes:
    """The last few are kept: a download that is tried again should cost nothing. `sights` are small copies of references."""

    def work() -> bytes:
        references = [Image.open(BytesIO(sight)) for sight in sights]
        return encode(paint(prompt, index, width, height, references, sheet), format)

    return order(work)


def order(work: Callable[[], T]) -> T:
    """Have it done in the atelier, and wait."""
    promise: Future[T] = Future()
    with FIRST:  # or two would set up an atelier each
        desks = _desks()
    desks.put((promise, work))
    return promise.result()


@lru_cache(1)
def _desks() -> SimpleQueue[Order]:
    """Threads of our own rather than an executor's: those are waited for at the end, with all they still have to do."""
    orders: SimpleQueue[Order] = SimpleQueue()
    for _ in range(os.cpu_count() or 1):
        Thread(target=_paint, args=(orders,), daemon=True).start()
    return orders


def _paint(orders: SimpleQueue[Order]) -> None:
    while True:
        promise, work = orders.get()
        try:
            promise.set_result(work())
        except Exception as problem:  # it belongs to whoever ordered
            promise.set_exception(problem)
