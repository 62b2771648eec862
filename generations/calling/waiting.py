"""A program's call that waits until its pictures are there. It has a place and a thread, and costs nothing else."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from generations.calling.lookout import lookout as lookout
from generations.models import Generation, Status

GLANCE = 0.5  # seconds between two looks at whoever waits
LATER = 2  # seconds, for whoever found no place


class Crowded(Exception):
    """All places of this process are taken. Nothing was begun."""

    wait = LATER

    @property
    def sentence(self) -> str:
        said = _("Too many calls are waiting at this moment. Nothing was sent and nothing was charged. Try again in %(wait)s seconds.")
        return said % {"wait": self.wait}


class Places:
    """Of this process. The last quarter is for people who have none yet: one alone never takes them all, however many tokens they have."""

    def __init__(self, all: int) -> None:
        self.free, self.kept, self.lock = all, all // 4, Lock()
        self.taken: Counter[int] = Counter()

    def take(self, person: int) -> bool:
        with self.lock:
            if self.free <= (self.kept if self.taken[person] else 0):
                return False
            self.free -= 1
            self.taken[person] += 1
            return True

    def give(self, person: int) -> None:
        with self.lock:
            self.free += 1
            self.taken[person] -= 1
            self.taken += Counter()  # forgets whoever has none


PLACES = Places(settings.WEB_WAITING)


@contextmanager
def place(person: int) -> Iterator[None]:
    """Threads for waiting come on top of those for pages: however many wait, pages have theirs."""
    places = PLACES
    if not places.take(person):
        raise Crowded
    try:
        yield
    finally:
        places.give(person)


def wait(generation: Generation, seconds: float, gone: Callable[[], bool] = lambda: False) -> Generation:
    """As it is in the end; or as it is when the time is over, or when this process has to stop, or where a person has to decide first.

    `gone` is asked now and then whether anybody is still there to be told.
    """
    until = monotonic() + seconds
    with lookout.seat(generation.pk) as news:
        now = fresh(generation)
        while not settled(now) and heard(news, until, gone):
            now = fresh(generation)
    return now if settled(now) else fresh(generation)


def watch(now: Generation, seconds: float, gone: Callable[[], bool] = lambda: False) -> Generation:
    """As soon as it is not as it was any more, or when the time is over. While nothing changes, only the lookout asks."""
    with lookout.seat(now.pk, now.version) as news:
        return fresh(now) if heard(news, monotonic() + seconds, gone) or not lookout.on else now


def heard(news: Event, until: float, gone: Callable[[], bool]) -> bool:
    while monotonic() < until and not lookout.over() and not gone():
        let_go()
        if news.wait(min(GLANCE, until - monotonic())):
            news.clear()
            return True
    return False


def let_go() -> None:
    """Nobody waits with a connection in hand."""
    if not connection.in_atomic_block:
        connection.close()


def fresh(generation: Generation) -> Generation:
    return Generation.objects.select_related("user", "team", "account").get(pk=generation.pk)


def settled(generation: Generation) -> bool:
    return ended(generation) or generation.status == Status.ASKING


def ended(generation: Generation) -> bool:
    """Nothing more comes by itself."""
    return generation.status != Status.ASKING and generation.due_at is None
