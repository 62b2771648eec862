"""A studio without its web server and queue: orders are placed, drivers work until nothing is left, over real HTTP to the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.models import Driver, Generation, ProviderAccount, Team, User
from generations.offers import Offer, decide
from generations.pipeline import answers, drive, poll
from generations.pipeline.start import Order, start

# The smallest and quickest engine of each dialect.
QUICK = {
    "tensorslab": "tensorslab/seedream-4.5",
    "apimart": "apimart/seedream-5.0-lite",
    "anyfast": "anyfast/seedream-5.0-t2i",
    "gateway": "gateway/seedream-3.0-t2i",
    "ark": "ark/seedream-4.0",
}


def hurry() -> None:
    """The sandbox is two hundred times as fast as what it plays; so is everything that waits for it."""
    answers.FIRST_LOOK = answers.CHECK_AFTER = timedelta(seconds=0.02)
    poll.PAUSES = ((1e9, 0.05),)
    drive.IDLE, drive.TICK, drive.SWEEP = 0.08, 0.02, 0.1


@contextmanager
def hurrying() -> Iterator[None]:
    kept = answers.FIRST_LOOK, answers.CHECK_AFTER, poll.PAUSES, drive.IDLE, drive.TICK, drive.SWEEP
    hurry()
    try:
        yield
    finally:
        answers.FIRST_LOOK, answers.CHECK_AFTER, poll.PAUSES, drive.IDLE, drive.TICK, drive.SWEEP = kept


def offer_of(engine: str, **limits: Any) -> Offer:
    dialect = ENGINES[engine].dialect
    usual = {"dialect": dialect, "sandbox": True, "in_flight": 50, "per_minute": 1000, **limits}
    account = ProviderAccount.objects.update_or_create(name=f"Sandbox {dialect}", defaults=usual)[0]
    offer = decide(ENGINES[engine], account)
    assert offer
    return offer


def order(user: User, team: Team, dialect: str, prompt: str = "a harbour at night", **changes: Any) -> Order:
    engine = ENGINES[changes.pop("engine", QUICK[dialect])]
    tier = min(engine.tiers, key=lambda tier: engine.tiers[tier]["1:1"].pixels)
    offer = offer_of(engine.id)
    priced = Offer(offer.engine, offer.account, changes.pop("price", 35_000))
    key = changes.pop("key", None) or uuid4()
    request = GenerationRequest(engine.id, prompt, ratio="1:1", tier=tier).with_(**changes)
    return Order(user, team, request, priced, key)


def made(user: User, team: Team, dialect: str, prompt: str = "a harbour at night", **changes: Any) -> Generation:
    generation = start(order(user, team, dialect, prompt, **changes))
    work()
    generation.refresh_from_db()
    return generation


def work(patience: float = 30) -> None:
    """Shifts of drivers, until nothing is left to do. Time has passed since the one before: whoever died is dead."""
    last = monotonic() + patience
    while True:
        Driver.objects.update(lease_until="2000-01-01T00:00:00Z")
        drive.drive()
        if monotonic() > last or not Generation.objects.filter(due_at__isnull=False).exists():
            return


def ledger(port: int) -> list[dict[str, Any]]:
    """What the sandbox took on, and how many images of it were really billed."""
    return list(httpx.get(f"http://127.0.0.1:{port}/ledger", verify=False).json())  # noqa: S501  # no certificates: reading them takes longest


def paid(port: int) -> int:
    """Calls that the sandbox took on since it began."""
    return max((line["n"] for line in ledger(port)), default=0)
