"""One thread in each process looks out for all calls that wait there, as long as any do. A bell says at once what has ended here; what a
bell cannot tell, as of another machine or of what goes on changed, is found by one query for all of them, twice a second.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic

from django.db import Error, connection

from generations.bells import END, Bell
from generations.models import Generation

LOOK = 0.5  # seconds between two looks at the database

log = logging.getLogger("studio.calling")


@dataclass(eq=False)
class Seat:
    version: int | None  # as whoever sits there knows it; none: only the end is news
    news: Event = field(default_factory=Event)


class Lookout:
    def __init__(self) -> None:
        self.lock = Lock()
        self.waiting: dict[int, list[Seat]] = {}
        self.on = False
        self.over: Callable[[], bool] = lambda: False  # the web server tells: this process has to stop

    @contextmanager
    def seat(self, key: int, version: int | None = None) -> Iterator[Event]:
        """What is set when there may be news of that generation: of its end, or of whatever is not of that version any more."""
        seat = Seat(version)
        with self.lock:
            self.waiting.setdefault(key, []).append(seat)
        try:
            self.begin()
            yield seat.news
        finally:
            with self.lock:
                self.waiting[key].remove(seat)
                if not self.waiting[key]:
                    del self.waiting[key]

    def begin(self) -> None:
        """Where no thread can be had, whoever waits looks for himself when his time is over, and the next one tries again."""
        with self.lock:
            if not self.on:
                bell = Bell(END)
                try:
                    Thread(target=self.watch, args=(bell,), name="lookout", daemon=True).start()
                    self.on = True
                except RuntimeError:
                    log.exception("Nobody can look out for calls that wait.")
                    bell.close()

    def watch(self, bell: Bell) -> None:
        due = monotonic() + LOOK
        try:
            while self.wanted():
                if (word := bell.hear(due - monotonic())) and word.isdecimal():
                    self.tell(int(word))
                if monotonic() >= due:
                    self.look()
                    due = monotonic() + LOOK
        except Exception:
            log.exception("Whoever looks out for calls that wait has failed; the next call that waits brings another.")
            with self.lock:
                self.on = False
        finally:
            bell.close()

    def wanted(self) -> bool:
        with self.lock:
            self.on = bool(self.waiting)
            return self.on

    def look(self) -> None:
        with self.lock:
            keys = set(self.waiting)
        with suppress(Error):  # where the database does not answer, nothing is news
            versions = {} if self.over() else going(keys)
            for key in keys:
                self.tell(key, versions.get(key))

    def tell(self, key: int, version: int | None = None) -> None:
        """Without a version it has ended."""
        with self.lock:
            for seat in self.waiting.get(key, ()):
                if version is None or (seat.version is not None and seat.version < version):
                    seat.news.set()


def going(keys: set[int]) -> dict[int, int]:
    """What has not ended, and the version of each."""
    try:
        return dict(Generation.objects.filter(pk__in=keys, due_at__isnull=False).values_list("pk", "version"))
    finally:
        connection.close()


lookout = Lookout()
