"""Images of the designer's, and people who decide."""

from collections.abc import Callable

import pytest

from generations import reviewing
from generations.models import Image, Team, User
from tests.made import made, pictured
from tests.pipeline.conftest import together  # noqa: F401  # a fixture

Maker = Callable[..., list[Image]]


@pytest.fixture
def images(designer: User, team: Team) -> Maker:
    """Stored, and of one request."""
    return lambda count=1, private=False, **fields: pictured(made(designer, team, private=private), count, **fields)


@pytest.fixture
def image(images: Maker, designer: User, team: Team) -> Image:
    """It waits."""
    [one] = images()
    reviewing.ask(Image.objects.filter(pk=one.pk), designer, team)
    return fresh(one)


def fresh(image: Image) -> Image:
    return Image.objects.select_related("decision", "team").get(pk=image.pk)
