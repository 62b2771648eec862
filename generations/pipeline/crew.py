"""Threads that know no database. They call, fetch and look at pictures; what comes of it goes into one queue, to the main thread.

SQLite has one writer, and a state machine is easiest to trust when one thread turns it.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from generations.models import Generation

POLITE = 5  # of 19, as of `nice`

T = TypeVar("T")
Then = Callable[[Any], None]


def polite() -> None:
    """Where processors are short, pictures are drawn after pages; never the main thread, which may hold what others wait to write to."""
    os.setpriority(os.PRIO_PROCESS, 0, max(POLITE, os.getpriority(os.PRIO_PROCESS, 0)))


@dataclass(frozen=True)
class Task:
    """Something that the main thread has to do about a generation."""

    generation: Generation
    do: Callable[[], None]


class Lane:
    """So many threads for one kind of work, and how much of it is under way."""

    def __init__(self, name: str, threads: int) -> None:
        self.pool = ThreadPoolExecutor(threads, name, polite)
        self.threads, self.busy = threads, 0

    @property
    def room(self) -> int:
        return self.threads - self.busy


class Crew:
    def __init__(self) -> None:
        self.calls = Lane("call", 128)  # each waits for a provider, most of them for half a minute
        self.questions = Lane("question", 16)
        self.files = Lane("file", 12)
        self.came: SimpleQueue[tuple[Lane, Task] | None] = SimpleQueue()
        self.woken = False

    @property
    def busy(self) -> int:
        return self.calls.busy + self.questions.busy + self.files.busy

    def give(self, lane: Lane, generation: Generation, work: Callable[[], T], then: Callable[[T | Exception], None]) -> None:
        """`then` runs in the main thread, with what `work` returned or the exception that ended it."""
        lane.busy += 1
        lane.pool.submit(self.run, lane, generation, work, then)

    def run(self, lane: Lane, generation: Generation, work: Callable[[], Any], then: Then) -> None:
        try:
            result = work()
        except Exception as error:
            result = error
        self.came.put((lane, Task(generation, partial(then, result))))

    def wake(self) -> None:
        """From any thread: the main thread need not wait any longer. Once is enough until it has."""
        if not self.woken:
            self.woken = True
            self.came.put(None)

    def next(self, patience: float) -> Task | None:
        """The next thing to write down, if something comes in so many seconds and nobody wakes us."""
        try:
            found = self.came.get(timeout=patience)
        except Empty:
            return None
        if found is None:
            self.woken = False
            return None
        lane, task = found
        lane.busy -= 1
        return task

    def close(self) -> None:
        for lane in (self.calls, self.questions, self.files):
            lane.pool.shutdown(wait=True)
