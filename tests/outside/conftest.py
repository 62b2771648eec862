import pytest

from generations import collecting
from generations.models import Collection, Image, Share, Team, User
from tests.filed import filed
from tests.made import asked, made, pictured
from tests.outside.given import given

PROMPT = "A canary called Pim above terraced tea fields"


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    """Three, with their files."""
    found = pictured(made(designer, team, request=asked(PROMPT)), 3)
    for image in found:
        filed(image)
    return found


@pytest.fixture
def image(images: list[Image]) -> Image:
    return images[0]


@pytest.fixture
def share(designer: User, team: Team, images: list[Image]) -> Share:
    """To look at, and no more."""
    return given(designer, team, images)


@pytest.fixture
def spring(designer: User, team: Team, images: list[Image]) -> Collection:
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    collecting.place(collection.pk, [image.pk for image in images])
    return collection
