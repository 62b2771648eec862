"""Decisions that were tampered with, and images that say otherwise than their decisions."""

import pytest

from generations import reviewing
from generations.integrity.decisions import check
from generations.integrity.finding import Kind
from generations.models import Decision, Image, Review, Team, User, Verdict
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(designer: User, reviewer: User, team: Team) -> Image:
    """Rejected, taken back, approved; beside others that wait or that nobody asked about."""
    one, waits, _left = pictured(made(designer, team), 3)
    reviewing.ask(Image.objects.filter(pk__in=[one.pk, waits.pk]), designer, team)
    reviewing.decide(one, Verdict.REJECTED, "No", reviewer, 0)
    reviewing.take_back(one, reviewer, 1)
    reviewing.decide(one, Verdict.APPROVED, "", reviewer, 2)
    return one


def test_decisions_that_were_made_are_as_they_should_be(image: Image, reviewer: User):
    assert list(check()) == []
    reviewing.take_back(image, reviewer, 3)
    assert list(check()) == []


def test_a_decision_about_other_bytes(image: Image):
    Decision.objects.filter(image=image, number=1).update(sha256="0" * 64)
    [finding] = check()
    assert (finding.kind, finding.subject, finding.mend) == (Kind.REVIEW, f"image/{image.pk}", None)
    assert "other bytes" in finding.sentence


@pytest.mark.parametrize("review", ["", Review.REJECTED, Review.WAITING])
def test_an_image_that_says_otherwise_than_its_last_decision(review: str, image: Image):
    Image.objects.filter(pk=image.pk).update(review=review)
    [finding] = check()
    assert finding.mend()
    assert Image.objects.get(pk=image.pk).review == Review.APPROVED
    assert list(check()) == []


@pytest.mark.parametrize("number", [None, 1, 2])
def test_an_image_that_names_an_earlier_decision(number: int | None, image: Image):
    Image.objects.filter(pk=image.pk).update(decision=Decision.objects.filter(number=number).first())
    [finding] = check()
    assert finding.mend()
    assert Image.objects.get(pk=image.pk).decision.number == 3


def test_an_image_that_counts_as_decided_though_nobody_decided(image: Image):
    never = Image.objects.filter(review="").get()
    Image.objects.filter(pk=never.pk).update(review=Review.APPROVED)
    [finding] = check()
    assert finding.mend()
    assert Image.objects.get(pk=never.pk).review == ""
