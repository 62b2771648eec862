"""Somebody with a token, in the throw-away studio of the bench: `python -m generations.bench.program ADDRESS` of a sandbox says as JSON how
to come in; with `looks` instead, how often a second the database is asked something while many wait, in calls and in streams.
"""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from generations.bells import Bell  # noqa: E402
from generations.bench.load import order, person  # noqa: E402
from generations.calling import lookout, waiting  # noqa: E402
from generations.models import Generation, ProviderAccount, Scope, Token  # noqa: E402
from generations.pipeline.start import start  # noqa: E402

OFTEN = 30_000  # calls per minute
WAITERS, SETTLED, QUESTIONS = 16, 1.0, 13  # so many wait; after so many seconds, so many questions are counted
LONG, GLANCE = 300.0, 2.0  # seconds for which a call waits, and after which a stream sees whether it has to say something


def found(shop: str) -> dict[str, str]:
    user, team = person()
    account = ProviderAccount(name="gateway", dialect="gateway", address=f"{shop}/gateway", private=True, in_flight=100, per_minute=OFTEN)
    account.keep_key("bench-key-of-a-throw-away-studio")
    account.save()
    _row, text = Token.write(None, user=user, team=team, name="Bench", scopes=[Scope.GENERATE], per_minute=OFTEN)
    visitor = Client()
    visitor.force_login(user)
    return {"token": text, "cookie": f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"}


class Counting(lookout.Lookout):
    """With the time of each question that anybody asks the database."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def count(self, execute: Callable[..., Any], *question: Any) -> Any:
        self.asked.append(monotonic())
        return execute(*question)

    def watch(self, bell: Bell) -> None:
        with connection.execute_wrapper(self.count):
            super().watch(bell)


def looks() -> float:
    """While nobody works, so that nothing ends."""
    ProviderAccount.objects.update(enabled=False)
    generations = [start(order("gateway", "0")) for _one in range(WAITERS)]
    waiting.lookout = counting = Counting()
    with ThreadPoolExecutor(WAITERS) as threads:
        for place, generation in enumerate(generations):
            threads.submit(stay, generation, counting, in_stream if place % 2 else in_call)
        sleep(SETTLED)
        counting.asked.clear()
        while len(counting.asked) < QUESTIONS:
            sleep(0.05)
        first, *rest = counting.asked
        counting.over = lambda: True
    return len(rest) / (rest[-1] - first)


def stay(generation: Generation, counting: Counting, how: Callable[[Generation], None]) -> None:
    try:
        with connection.execute_wrapper(counting.count):
            how(generation)
    finally:
        connections.close_all()


def in_call(generation: Generation) -> None:
    waiting.wait(generation, LONG)


def in_stream(generation: Generation) -> None:
    while not waiting.lookout.over():
        generation = waiting.watch(generation, GLANCE)


if __name__ == "__main__":
    print(looks() if sys.argv[1] == "looks" else json.dumps(found(sys.argv[1])))  # noqa: T201
