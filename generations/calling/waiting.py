"""A program's call that waits until its pictures are there. It has a place and a thread, and costs nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic

from django.conf import settings
from django.db import connection

from generations.calling.lookout import lookout as lookout
from generations.models import Generation, Status

PLACES = BoundedSemaphore(settings.WEB_WAITING)
GLANCE = 0.5  # seconds between two looks at whoever waits
LATER = 2  # seconds, for whoever found no place


class Crowded(Exception):
    """All places of this process are taken. Nothing was begun."""

    wait = LATER


@contextmanager
def place() -> Iterator[None]:
    """Threads for waiting come on top of those for pages: however many wait, pages have theirs."""
    if not PLACES.acquire(blocking=False):
        raise Crowded
    try:
        yield
    finally:
        PLACES.release()


def wait(generation: Generation, seconds: float, gone: Callable[[], bool] = lambda: False) -> Generation:
    """As it is in the end; or as it is when the time is over, or when this process has to stop, or where a person has to decide first.

    `gone` is asked now and then whether anybody is still there to be told.
    """
    until = monotonic() + seconds
    with lookout.seat(generation.pk) as news:
        now = fresh(generation)
        while not settled(now) and monotonic() < until and not lookout.over() and not gone():
            if not connection.in_atomic_block:
                connection.close()  # nobody waits with a connection in hand
            if news.wait(min(GLANCE, until - monotonic())):
                news.clear()
                now = fresh(generation)
    return now if settled(now) else fresh(generation)


def fresh(generation: Generation) -> Generation:
    return Generation.objects.select_related("user", "team", "account").get(pk=generation.pk)


def settled(generation: Generation) -> bool:
    return ended(generation) or generation.status == Status.ASKING


def ended(generation: Generation) -> bool:
    """Nothing more comes by itself."""
    return generation.status != Status.ASKING and generation.due_at is None
