"""Is anybody still there to be told? A program whose connection broke comes again, and has to find what it left behind.

The openai SDK says when it repeats itself, and others give a key. Ark's SDK does neither: there only this tells a repetition from a
second picture that is wanted. So whoever waits gives signs of life, and says when its program has hung up.
"""

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from generations.calling.caller import Caller
from generations.calling.ordering import AGAIN, digest_of
from generations.calling.wish import Wish
from generations.models import Generation

BEAT = 1.0  # seconds between two signs of life
SILENT = 3.0  # then whoever waited is gone without a word
GLANCE = 0.2
ALIVE, LEFT = "alive", "left"


def gone(request: HttpRequest) -> bool:
    """Has its program hung up? Where that cannot be seen, nobody has."""
    plug = request.META.get("gunicorn.socket")
    if not isinstance(plug, socket.socket):
        return False
    try:
        looked = select.poll()
        looked.register(plug, select.POLLIN)
        found = looked.poll(0)
        return bool(found) and (not found[0][1] & select.POLLIN or plug.recv(1, socket.MSG_PEEK) == b"")
    except (OSError, ValueError):
        return True


class Vigil:
    """Asked now and then by whoever waits: gives the sign of life, and tells whether waiting is of any use."""

    def __init__(self, generation: Generation, left: Callable[[], bool]) -> None:
        self.key, self.left, self.last = key(generation), left, 0.0

    def __call__(self) -> bool:
        if self.left():
            return True
        if monotonic() - self.last >= BEAT:
            self.last = monotonic()
            self.say(ALIVE, SILENT)
        return False

    def leave(self) -> None:
        """Nobody waits for it any more, and it goes on."""
        self.say(LEFT, AGAIN.total_seconds())

    def say(self, sign: str, seconds: float) -> None:
        with suppress(Exception):  # without a cache nobody is found again, but what was paid for is still told
            cache.set(self.key, sign, seconds)


def key(generation: Generation) -> str:
    return f"waited-for-{generation.uid}"


def abandoned(generation: Generation) -> bool:
    """A young one may belong to somebody who has not come to waiting yet."""
    sign: str | None = ALIVE
    with suppress(Exception):
        sign = cache.get(key(generation))
    return sign == LEFT or (sign is None and (timezone.now() - generation.created_at).total_seconds() > SILENT)


def left_behind(caller: Caller, wish: Wish, patient: bool) -> Generation | None:
    """The same request, of which nobody was told the end and for which nobody waits any more."""
    until = monotonic() + (SILENT if patient else 0)
    since, digest = timezone.now() - AGAIN, digest_of(caller, wish)
    alike = Generation.objects.filter(token=caller.token, digest=digest, answered_at=None, created_at__gt=since).order_by("pk")
    while open := list(alike):
        if found := next(filter(abandoned, open), None):
            return found
        if monotonic() >= until:
            break
        sleep(GLANCE)
    return None
