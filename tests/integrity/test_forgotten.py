"""Uploads that nobody came back for go at night, and nothing that anybody still uses."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image as Picture

from generations import tasks
from generations.integrity.finding import Kind
from generations.media import names
from generations.media.arrival import put_away, take_in
from generations.media.staging import desk
from generations.media.store import store
from generations.models import Draft, Image, ImageStatus, Reference, Team, Upload, User
from generations.uploading import forgotten, shelf
from tests.integrity.conftest import kinds
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

LONG = forgotten.AFTER + timedelta(hours=1)
Giver = Callable[..., Upload]


@pytest.fixture
def give(designer: User, team: Team) -> Giver:
    """Long ago, with its files."""

    def one(colour: str = "teal", **fields: object) -> Upload:
        with desk() as room:
            Picture.new("RGB", (32, 24), colour).save(room / "given", "PNG")
            taken = take_in(room / "given")
            put_away(taken, names.reference)
        usual = {"user": designer, "team": team, "name": colour, "used_at": timezone.now() - LONG}
        facts = {"sha256": taken.sha256, "format": "png", "width": 32, "height": 24, "bytes": taken.facts.bytes}
        upload = Upload.objects.create(**{**usual, **facts, **fields})
        os.utime(at(upload), (0, 0))
        return upload

    return one


def at(upload: Upload) -> Path:
    return Path(settings.STORAGE) / names.reference(upload.sha256, upload.format)


def files(upload: Upload) -> int:
    wanted = [names.reference(upload.sha256, upload.format), *(names.derived(upload.sha256, side) for side in names.SIDES)]
    return sum(store().has(name) for name in wanted)


def purge() -> int:
    return forgotten.purge(timezone.now())


def stays(upload: Upload) -> bool:
    assert purge() == 0
    return files(upload) == 4 and Upload.objects.filter(pk=upload.pk).exists()


def test_what_nobody_used_for_a_month_goes_with_all_its_files(give: Giver):
    upload = give()
    assert purge() == 1
    assert (Upload.objects.count(), files(upload), kinds()) == (0, 0, [])


def test_a_month_is_not_over_before_its_end(give: Giver):
    assert stays(give(used_at=timezone.now() - forgotten.AFTER + timedelta(minutes=5)))


def test_what_was_taken_off_the_list_goes_the_next_night(give: Giver):
    upload = give(used_at=timezone.now(), shared=True)
    shelf.forget(upload)
    tasks.nightly()
    assert (Upload.objects.count(), files(upload)) == (0, 0)


def test_what_a_generation_was_made_from_stays(give: Giver, designer: User, team: Team):
    upload = give(used_at=shelf.FORGOTTEN)
    Reference.objects.create(generation=made(designer, team), position=1, upload=upload)
    assert stays(upload)


def test_what_the_team_shares_stays(give: Giver):
    assert stays(give(shared=True))


def test_what_stands_in_a_composer_stays(give: Giver, reviewer: User, team: Team):
    upload = give()
    Draft.objects.create(user=reviewer, team=team, form={"references": [upload.sha256]}, saved_at=timezone.now() - LONG)
    assert stays(upload)


@pytest.mark.parametrize("form", [{}, {"references": None}, {"references": "x"}, {"references": [{}, 7, None]}, []])
def test_a_draft_may_be_anything(form: object, give: Giver, designer: User, team: Team):
    give()
    Draft.objects.create(user=designer, team=team, form=form)
    assert purge() == 1


def test_a_composer_of_another_team_keeps_nothing(give: Giver, stranger: User, other_team: Team):
    Draft.objects.create(user=stranger, team=other_team, form={"references": [give().sha256]})
    assert purge() == 1


def test_what_another_team_gave_too_loses_its_row_and_no_file(give: Giver, stranger: User, other_team: Team):
    upload, theirs = give(), give(user=stranger, team=other_team, shared=True)
    assert upload.sha256 == theirs.sha256
    assert purge() == 1
    assert (list(Upload.objects.all()), files(upload)) == ([theirs], 4)


def test_two_teams_that_forget_the_same_picture_take_its_files_along(give: Giver, stranger: User, other_team: Team):
    upload = give()
    give(user=stranger, team=other_team)
    assert purge() == 2
    assert files(upload) == 0


@pytest.mark.parametrize(("fields", "left"), [({}, 3), ({"trashed_at": timezone.now()}, 3), ({"status": ImageStatus.REMOVED}, 0)])
def test_smaller_copies_that_an_image_shows_stay(fields: dict[str, object], left: int, give: Giver, designer: User, team: Team):
    upload = give()
    pictured(made(designer, team), sha256=upload.sha256, format="png", **fields)
    assert purge() == 1
    assert files(upload) == left


def test_a_file_that_was_just_given_again_waits_for_another_night(give: Giver):
    upload = give()
    os.utime(at(upload))
    assert stays(upload)


def test_a_file_that_is_missing_already_is_no_reason_to_stay(give: Giver):
    at(give()).unlink()
    assert purge() == 1


def test_whatever_is_taken_up_again_while_the_night_goes_on_stays(give: Giver, monkeypatch: pytest.MonkeyPatch):
    upload, drop = give(), forgotten.drop
    monkeypatch.setattr(forgotten, "drop", lambda some, now: (shelf.touch(upload), drop(some, now))[1])
    assert stays(upload)


def test_some_go_at_a_time_and_all_have_their_turn(give: Giver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forgotten, "AT_ONCE", 2)
    for colour in ("teal", "coral", "olive", "khaki", "navy"):
        give(colour, shared=colour == "coral")
    beats: list[int] = []
    assert forgotten.purge(timezone.now(), lambda: beats.append(Upload.objects.count())) == 4
    assert beats == [3, 1]


def test_whoever_is_killed_in_between_leaves_a_file_and_no_row_without_one(give: Giver, monkeypatch: pytest.MonkeyPatch):
    give()
    monkeypatch.setattr(forgotten, "discard", lambda upload: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        purge()
    assert Upload.objects.count() == 0
    assert set(kinds()) <= {Kind.ORPHAN, Kind.ORPHAN_DERIVED}
    assert Image.objects.count() == 0
