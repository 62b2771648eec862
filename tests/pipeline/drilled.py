"""Many drills in one shift: each with an account of its own, so that no gate of one stands in another's way."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.connecting import client_of
from generations.media import derive
from generations.models import Generation, ProviderAccount, Team, User
from generations.offers import Offer, decide
from generations.pipeline import answers, finish, gate, hand, poll
from generations.pipeline.start import Order, start_all
from generations.providers.client import Client
from generations.providers.meter import Limits
from generations.sandbox.weather.drills import RESULTS
from tests.pipeline.studio import hurrying

# Engines with small pictures that make several at once, where the dialect has such.
ENGINE = {
    "tensorslab": "tensorslab/seedream-4.5",
    "apimart": "apimart/seedream-4.0",
    "anyfast": "anyfast/seedream-5.0-t2i",
    "gateway": "gateway/seedream-4.0",
    "ark": "ark/seedream-4.0-20260415",
}
PRICE = 10_000
STALLS = ("silence", "drip-head", "drip-body")
MEGABYTES = 40 * 1024 * 1024
TWO = {drill.name for drill in RESULTS} - {drill.name for drill in RESULTS if drill.name.startswith("picture-")} | {"failed-partial"}


def impatient(account: ProviderAccount) -> Client:
    """As patient as a test can be. Accounts are named after their drill; what a drill stalls is given up soon."""
    limits = Limits(seconds=1.0 if account.name.endswith(STALLS) else 40, bytes=MEGABYTES)
    return replace(client_of(account), at_once=limits, task=limits, question=limits, file=limits)


def account_of(dialect: str, name: str) -> ProviderAccount:
    usual = {"dialect": dialect, "sandbox": True, "in_flight": 50, "per_minute": 1000}
    return ProviderAccount.objects.get_or_create(name=f"{dialect} {name}", defaults=usual)[0]


def drilled(user: User, team: Team, dialect: str, drill: str) -> Order:
    engine, name = ENGINES[ENGINE[dialect]], drill.partition("=")[0]
    tier = min(engine.tiers, key=lambda tier: engine.tiers[tier]["1:1"].pixels)
    offer = decide(engine, account_of(dialect, name))
    assert offer
    images = min(2 if name in TWO else 1, engine.most_images)
    request = GenerationRequest(engine.id, f"a harbour [drill:{drill}]", images, ratio="1:1", tier=tier)
    return Order(user, team, request, Offer(offer.engine, offer.account, PRICE), uuid4())


def begin(user: User, team: Team, dialect: str, drills: Iterable[str]) -> dict[str, Generation]:
    names = list(drills)
    return dict(zip(names, start_all([drilled(user, team, dialect, name) for name in names]), strict=True))


@contextmanager
def brisk() -> Iterator[None]:
    """What waits for hours waits for moments, and pictures are not what this is about."""
    with hurrying(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(hand, "client_of", impatient)
        patch.setattr(finish, "LONGEST", 0.05)
        patch.setattr(gate, "REST", answers.FIRST_LOOK)
        patch.setattr(poll, "SLOW", 0.1)
        patch.setattr(derive, "SIDES", (320,))
        patch.setattr(derive, "LARGEST", 320)
        yield
