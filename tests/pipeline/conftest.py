"""Rows as the pipeline writes them, made without it."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from generations.catalogue.request import GenerationRequest
from generations.media import derive
from generations.models import RUNNING, Attempt, Generation, ProviderAccount, Status, Team, User
from generations.pipeline import hand
from generations.pipeline.start import start
from tests.pipeline.provider import Provider
from tests.pipeline.steps import Steps, again
from tests.pipeline.studio import order

ENGINE = "apimart/seedream-5.0-lite"

Maker = Callable[..., Any]


@pytest.fixture
def account(db: None) -> ProviderAccount:
    return ProviderAccount.objects.create(name="Main", dialect="apimart", address="https://api.example.com", in_flight=4, per_minute=60)


@pytest.fixture
def make_generation(account: ProviderAccount, designer: User, team: Team) -> Maker:
    """A row in any status, of the designer's unless somebody else is named."""

    def make(status: Status = Status.QUEUED, **fields: Any) -> Generation:
        asked = GenerationRequest(fields.pop("engine", ENGINE), "a red kite", fields.pop("images", 4), ratio="1:1", tier="2K")
        due = timezone.now() if status in RUNNING else None
        usual = {"user": designer, "team": team, "account": account, "price": 28_000, "due_at": due}
        told = {"request": asked.store(), "engine": asked.engine, "prompt": asked.prompt, "images_asked": asked.images}
        return Generation.objects.create(status=status, request_key=uuid4(), digest="", **{**usual, **told, **fields})

    return make


@pytest.fixture
def make_attempt(account: ProviderAccount) -> Maker:
    """The next attempt of a generation."""

    def make(generation: Generation, **fields: Any) -> Attempt:
        return Attempt.objects.create(generation=generation, number=generation.attempts.count() + 1, account=account, **fields)

    return make


@pytest.fixture
def together(transactional_db: None) -> Maker:
    """Runs the same work in many threads that start at one moment; what each returned or raised."""

    def run(count: int, work: Callable[[], Any]) -> list[Any]:
        start, found = Barrier(count), []

        def one() -> None:
            try:
                start.wait()
                found.append(work())
            except Exception as error:
                found.append(error)
            finally:
                connection.close()

        threads = [Thread(target=one) for _thread in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    return run


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> Provider:
    """In memory, for every account. Files are in a folder of this test."""
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    monkeypatch.setattr(derive, "SIDES", (320,))
    monkeypatch.setattr(derive, "LARGEST", 320)
    found = Provider()
    monkeypatch.setattr(hand, "client_of", found.client)
    return found


@pytest.fixture
def driver(provider: Provider, db: None) -> Iterator[Steps]:
    """It moves when it is told to."""
    found = Steps()
    yield found
    found.hand.close()


@pytest.fixture
def begin(designer: User, team: Team, driver: Steps, provider: Provider) -> Maker:
    """Placed, and taken by the driver as far as it goes; what the provider does with it is told in turn."""

    def place(dialect: str, *plans: Any, **changes: Any) -> Generation:
        provider.plans.extend(plans)
        generation = start(order(designer, team, dialect, **changes))
        driver.settle()
        return again(generation)

    return place
