import pytest

from generations import reviewing
from generations.models import Image, JournalLine, Review, Reviewing, Team, User, Verdict
from generations.pipeline import finish
from tests.made import made, pictured
from tests.reviewing.conftest import Maker, fresh

pytestmark = pytest.mark.django_db


def test_what_is_asked_about_waits_in_line(images: Maker, designer: User, team: Team):
    assert reviewing.ask(Image.objects.filter(pk__in=[one.pk for one in images(3)]), designer, team) == 3
    [*waiting] = reviewing.waiting(team)
    assert [(one.review, one.asked_by) for one in waiting] == [(Review.WAITING, designer)] * 3
    line = JournalLine.objects.get(deed="review.ask")
    assert (line.actor, line.team, line.details) == (designer.pk, team.pk, {"images": 3})


def test_what_waits_or_is_decided_is_not_asked_about_again(image: Image, designer: User, reviewer: User, team: Team):
    before = image.asked_at
    assert reviewing.ask(Image.objects.all(), reviewer, team) == 0
    assert fresh(image).asked_at == before
    reviewing.decide(image, Verdict.CHANGE, "Brighter", reviewer, 0)
    assert reviewing.ask(Image.objects.all(), designer, team) == 0
    assert fresh(image).review == Review.CHANGE
    assert JournalLine.objects.filter(deed="review.ask").count() == 1


def test_only_pictures_that_are_there_are_asked_about(images: Maker, designer: User, team: Team, stranger: User, other_team: Team):
    images(status="refused", sha256="")
    images(trashed_at="2026-11-20T12:00Z")
    pictured(made(stranger, other_team))
    assert reviewing.ask(Image.objects.all(), designer, team) == 0


def test_the_line_is_in_the_order_of_asking_whatever_is_newer(images: Maker, designer: User, team: Team):
    old, new = images(2)
    for one in (new, old):
        reviewing.ask(Image.objects.filter(pk=one.pk), designer, team)
    assert list(reviewing.waiting(team)) == [new, old]


def test_its_card_changes_when_it_is_asked_about(images: Maker, designer: User, team: Team):
    [one] = images()
    before = one.generation.version
    reviewing.ask(Image.objects.all(), designer, team)
    one.generation.refresh_from_db()
    assert one.generation.version > before


@pytest.mark.parametrize(("policy", "review"), [(Reviewing.EVERY, "waiting"), (Reviewing.ASKED, ""), (Reviewing.OFF, "")])
def test_in_a_team_that_looks_at_every_image_each_waits_from_its_first_moment(policy: Reviewing, review: str, designer: User, team: Team):
    Team.objects.update(review=policy)
    generation = made(designer, team)
    [one] = pictured(generation)
    finish.show(one.pk, generation)
    assert (fresh(one).review, fresh(one).asked_by) == (review, designer if review else None)


@pytest.mark.sqlite
def test_the_line_is_found_by_its_index(images: Maker, team: Team):
    assert "image_waiting" in reviewing.waiting(team).explain()
