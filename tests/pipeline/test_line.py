"""From an order to a picture of ours, in every dialect, against the real sandbox."""

from collections.abc import Iterator

import pytest

from generations.media import names
from generations.media.store import store
from generations.models import Attempt, Charge, ImageStatus, Status, Team, User
from generations.pipeline import money
from tests.pipeline.studio import QUICK, hurrying, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _studio(port: int, settings) -> Iterator[None]:
    settings.SANDBOX_PORT = port
    with hurrying():
        yield


@pytest.mark.parametrize("dialect", QUICK)
def test_an_order_becomes_a_picture(designer: User, team: Team, dialect: str):
    generation = made(designer, team, dialect)
    assert generation.status == Status.DONE, generation.trouble
    image = generation.images.get()
    assert image.status == ImageStatus.STORED
    assert (image.width, image.height) == (generation.width, generation.height)
    assert store().size(names.original(image.sha256, image.format)) == image.bytes
    assert all(store().has(names.derived(image.sha256, side)) for side in names.SIDES)
    assert image.placeholder.startswith("data:image/")
    assert not image.broken
    assert (generation.held, generation.charged) == (0, 28_000 if dialect == "apimart" else 35_000)  # APIMart says itself what it took
    assert Attempt.objects.get().charge == Charge.YES
    assert not list(money.audit())
