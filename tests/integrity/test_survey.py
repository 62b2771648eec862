"""However large the studio is, and whatever it has been through."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generations.integrity import pages, pictures
from generations.integrity.finding import Kind
from generations.integrity.share import Share
from generations.integrity.survey import survey
from generations.media import names
from generations.models import Image, Team, User
from tests.integrity.conftest import kinds
from tests.made import made, pictured


@pytest.mark.django_db
def test_more_pictures_cost_no_more_questions(designer: User, team: Team):
    """Files are asked for one by one only where something is wrong, so here they are thought to be there."""

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(survey(Share(0)))
        return len(asked)

    healthy(made(designer, team), 1)
    few = questions()
    for _request in range(4):
        healthy(made(designer, team), 3)
    assert questions() == few


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_end_nowhere_in_the_middle(size: int, designer: User, team: Team, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", size)
    monkeypatch.setattr(pages, "SLICE", size)
    generation = made(designer, team, images_asked=5)
    pictured(generation, 2, sha256="a" * 64)
    pictured(generation, 3, sha256="b" * 64)
    rows = [(sha256[0], image.index) for sha256, image in pages.by_hash(Image.objects.all())]
    assert rows == [("a", 0), ("a", 1), ("b", 2), ("b", 3), ("b", 4)]
    assert [image.index for image in pages.by_number(Image.objects.all())] == [0, 1, 2, 3, 4]
    assert kinds(Share(0)) == [Kind.MISSING] * 4  # two originals, and the smaller copies of each


@pytest.mark.parametrize("percent", [1, 5, 30, 100])
def test_every_file_has_its_turn(percent: int):
    hashes = [f"{number:08x}{'0' * 56}" for number in range(1000)]
    days = -(-100 // percent)
    turns = [{sha for sha in hashes if Share(percent, day).has(sha)} for day in range(738_000, 738_000 + days)]
    assert set().union(*turns) == set(hashes)
    assert len(turns[0]) == 10 * percent


def test_whoever_has_read_long_enough_stops():
    assert not Share(100, until=time.monotonic() - 1).has("0" * 64)


@pytest.mark.django_db
def test_a_picture_that_comes_while_it_is_looked_at_is_no_finding(designer: User, team: Team, monkeypatch):
    """Its row was read before its file was listed, or the other way round."""
    image = pictured(made(designer, team))[0]
    monkeypatch.setattr(pictures, "again", lambda sha256: pictures.Bundle(sha256))
    assert kinds(Share(0)) == []
    assert image.pk


def healthy(generation, count: int) -> None:
    from django.conf import settings

    generation.images_asked = count
    generation.save()
    for image in pictured(generation, count, bytes=1):
        for name in (names.original(image.sha256, image.format), *(names.derived(image.sha256, side) for side in names.SIDES)):
            path = settings.STORAGE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
