import random

import pytest

from generations import collecting
from generations.models import Collection, Image, Team, User
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring(designer: User, team: Team) -> Collection:
    return Collection.objects.create(team=team, user=designer, name="Spring")


@pytest.fixture
def images(designer: User, team: Team) -> list[int]:
    return [image.pk for image in pictured(made(designer, team), 6)]


def order(collection: Collection) -> list[int]:
    return list(collection.placements.order_by("position", "image").values_list("image", flat=True))


def test_images_come_to_the_end_in_the_order_given(spring: Collection, images: list[int]):
    assert collecting.place(spring.pk, [images[2], images[0]]) == 2
    assert collecting.place(spring.pk, [images[1]]) == 1
    assert order(spring) == [images[2], images[0], images[1]]


def test_what_lies_in_it_stays_where_it_is(spring: Collection, images: list[int]):
    collecting.place(spring.pk, images[:2])
    assert collecting.place(spring.pk, [images[0], images[3], images[3]]) == 1
    assert order(spring) == [images[0], images[1], images[3]]


def test_nothing_is_placed_into_what_is_gone(spring: Collection, images: list[int]):
    gone = spring.pk
    spring.delete()
    assert collecting.place(gone, images) == 0
    assert collecting.place(None, images) == 0


def test_it_shows_as_changed(spring: Collection, images: list[int]):
    before = spring.changed_at
    collecting.place(spring.pk, images)
    spring.refresh_from_db()
    assert spring.changed_at > before


def test_what_is_taken_out_is_still_an_image(spring: Collection, images: list[int]):
    collecting.place(spring.pk, images)
    assert collecting.take_out(spring.pk, images[:2]) == 2
    assert order(spring) == images[2:]
    assert Image.objects.count() == 6


MOVES = [
    (0, 3, [1, 2, 0, 3, 4, 5]),
    (5, 0, [5, 0, 1, 2, 3, 4]),
    (2, None, [0, 1, 3, 4, 5, 2]),
    (1, 2, [0, 1, 2, 3, 4, 5]),
    (4, 1, [0, 4, 1, 2, 3, 5]),
]


@pytest.mark.parametrize(("one", "before", "wanted"), MOVES)
def test_one_is_moved_before_another_or_to_the_end(one: int, before: int | None, wanted: list[int], spring: Collection, images: list[int]):
    collecting.place(spring.pk, images)
    assert collecting.move(spring.pk, images[one], None if before is None else images[before])
    assert order(spring) == [images[place] for place in wanted]


def test_what_is_not_in_it_is_not_moved(spring: Collection, images: list[int]):
    collecting.place(spring.pk, images[:2])
    for one, before in [(images[5], images[0]), (images[0], images[5]), (images[0], images[0])]:
        assert not collecting.move(spring.pk, one, before)
    assert order(spring) == images[:2]


def test_any_number_of_moves_to_the_same_place_works(spring: Collection, images: list[int]):
    """So many halve the gap between two neighbours until nothing is left of it."""
    collecting.place(spring.pk, images)
    expected = list(images)
    for number in range(120):
        moved = expected[-1 if number % 2 else 1]
        collecting.move(spring.pk, moved, before := expected[2] if moved != expected[2] else expected[3])
        expected.remove(moved)
        expected.insert(expected.index(before), moved)
        assert order(spring) == expected


def test_a_hundred_random_moves_end_as_on_paper(spring: Collection, images: list[int]):
    collecting.place(spring.pk, images)
    paper, chance = list(images), random.Random(7)
    for _move in range(100):
        one, before = chance.sample(paper, 2)
        collecting.move(spring.pk, one, before)
        paper.remove(one)
        paper.insert(paper.index(before), one)
    assert order(spring) == paper


def test_places_that_came_to_be_the_same_are_parted(spring: Collection, images: list[int]):
    collecting.place(spring.pk, images[:3])
    spring.placements.update(position=5)
    assert collecting.move(spring.pk, images[2], images[1])
    assert order(spring) == [images[0], images[2], images[1]]
