"""Is anybody still there to be told? A program whose connection broke comes again, and has to find what it left behind.

The openai SDK says when it repeats itself, and others give a key. Ark's SDK and plain clients do neither: there only this tells a
repetition from a second picture that is wanted. So whoever waits gives signs of life, and says when its program has hung up.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic, sleep

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from generations.calling.caller import Caller
from generations.calling.ordering import AGAIN, alone, digest_of
from generations.calling.wish import Wish
from generations.models import Generation

BEAT = 1.0  # seconds between two signs of life
SILENT = 3.0  # then whoever waited is gone without a word
TAKING = 60.0  # for a piece of an answer on a slow line: nobody gives signs meanwhile
GLANCE = 0.2
ALIVE, LEFT = "alive", "left"


class Vigil:
    """Asked now and then by whoever waits: gives the sign of life, and tells whether waiting is of any use."""

    def __init__(self, generation: Generation, left: Callable[[], bool]) -> None:
        self.say, self.left, self.last, self.span = partial(say, generation), left, 0.0, 0.0

    def __call__(self) -> bool:
        if self.left():
            return True
        self.give(SILENT)
        return False

    def tell(self) -> None:
        """Its answer is being taken."""
        self.give(TAKING)

    def give(self, span: float) -> None:
        """A sign of life. One that is good for another time is given at once: the short one would not outlast a slow line."""
        if span != self.span or monotonic() - self.last >= BEAT:
            self.last, self.span = monotonic(), span
            self.say(ALIVE, span)

    def leave(self) -> None:
        """Nobody waits for it any more, and it goes on."""
        self.say(LEFT, AGAIN.total_seconds())


def say(generation: Generation, sign: str, seconds: float) -> None:
    with suppress(Exception):  # without a cache nobody is found again, but what was paid for is still told
        cache.set(key(generation), sign, seconds)


def key(generation: Generation) -> str:
    return f"waited-for-{generation.uid}"


def abandoned(generation: Generation) -> bool:
    """A young one may belong to somebody who has not come to waiting yet."""
    sign: str | None = ALIVE
    with suppress(Exception):
        sign = cache.get(key(generation))
    return sign == LEFT or (sign is None and (timezone.now() - generation.created_at).total_seconds() > SILENT)


def left_behind(caller: Caller, wish: Wish, patience: float = SILENT) -> Generation | None:
    """The same request, of which nobody was told the end and for which nobody waits any more.

    A program may call again before it was noticed that it has hung up: while the same is open it takes a while to be sure.
    """
    until = monotonic() + patience
    since, digest = timezone.now() - AGAIN, digest_of(caller, wish)
    alike = Generation.objects.filter(token=caller.token, digest=digest, answered_at=None, created_at__gt=since).order_by("pk")
    while open := list(alike):
        if any(map(abandoned, open)) and (found := claim(caller, alike.all())):
            return found
        if monotonic() >= until:
            break
        sleep(GLANCE)
    return None


def claim(caller: Caller, alike: QuerySet[Generation]) -> Generation | None:
    """What was left behind twice is for two: whoever comes first takes the first, and is a sign of life of it."""
    with alone(caller):
        found = next(filter(abandoned, alike), None)
        if found:
            say(found, ALIVE, SILENT)
        return found
