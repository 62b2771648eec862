"""Somebody with a token, in the throw-away studio of the bench: `python -m generations.bench.program ADDRESS` of a sandbox says as JSON how
to come in; with `looks` instead, how often a second the database is looked at while many wait.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from generations.bench.load import order, person  # noqa: E402
from generations.calling import lookout, waiting  # noqa: E402
from generations.models import Generation, ProviderAccount, Scope, Token  # noqa: E402
from generations.pipeline.start import start  # noqa: E402

OFTEN = 30_000  # calls per minute
WAITERS, SECONDS = 16, 6.0


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
    looks = 0

    def look(self) -> None:
        self.looks += 1
        super().look()


def looks() -> float:
    """While nobody works, so that nothing ends."""
    ProviderAccount.objects.update(enabled=False)
    generations = [start(order("gateway", "0")) for _one in range(WAITERS)]
    counting = waiting.lookout = Counting()
    with ThreadPoolExecutor(WAITERS) as threads:
        list(threads.map(stay, generations))
    return counting.looks / SECONDS


def stay(generation: Generation) -> None:
    try:
        waiting.wait(generation, SECONDS)
    finally:
        connections.close_all()


if __name__ == "__main__":
    print(looks() if sys.argv[1] == "looks" else json.dumps(found(sys.argv[1])))  # noqa: T201
