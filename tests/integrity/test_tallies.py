"""The sums that pages show, compared with the requests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generations.accounting import Day, catch_up
from generations.integrity import tallies
from generations.integrity.finding import Kind
from generations.integrity.share import Share
from generations.models import Bookmark, Generation, Tally, Team, User
from tests.made import made

pytestmark = pytest.mark.django_db


def counted(user: User, team: Team, **fields: object) -> Generation:
    generation = made(user, team, changed_at=timezone.now() - timedelta(hours=1), **fields)
    catch_up()
    Bookmark.objects.filter(name="usage").update(at=timezone.now())
    return generation


def test_sums_that_are_right_are_no_finding(designer: User, team: Team):
    counted(designer, team)
    assert list(tallies.check(Share())) == []


def test_wrong_sums_are_found_and_counted_anew(designer: User, team: Team):
    counted(designer, team)
    Tally.objects.update(spent=1)
    [finding] = tallies.check(Share())
    assert (finding.kind, finding.deletes) == (Kind.SUMS, False)
    assert finding.mend()
    assert Tally.objects.get().spent == 0
    assert list(tallies.check(Share())) == []


def test_a_day_that_nobody_counted_is_found(designer: User, team: Team):
    counted(designer, team, created_at=timezone.now() - timedelta(days=3))
    counted(designer, team)
    Tally.objects.filter(day__lt=timezone.localdate()).delete()
    assert [finding.subject for finding in tallies.check(Share())] == [f"day/{team.pk}/{timezone.localdate() - timedelta(days=3)}"]


def test_every_day_has_its_turn_within_twenty_nights(team: Team):
    day = Day(team.pk, timezone.localdate())
    assert sum(tallies.chosen(day, Share(5, night)) for night in range(20)) == 1
