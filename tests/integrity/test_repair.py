"""What is safe is put right, once; what is not is left alone and said again."""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from generations.dialects.wire import Answer
from generations.integrity import left, mend
from generations.integrity.finding import Kind
from generations.integrity.survey import Leave
from generations.media import names, spool, staging
from generations.models import Attempt, Entry, Generation, Heartbeat, Image, ImageStatus, Outcome, Purse, Status, Upload
from generations.pipeline import money
from tests.integrity.conftest import age, original, repaired

pytestmark = pytest.mark.django_db

Place = Callable[[str], Path]


def expired() -> None:
    """Its provider has it no more."""
    Attempt.objects.update(expires_at=timezone.now() - timedelta(days=1))


def test_a_missing_original_is_fetched_again_while_its_link_lives(image: Image, at: Place):
    before = at(original(image)).read_bytes()
    at(original(image)).unlink()
    assert repaired() == [(Kind.MISSING, True)]
    assert at(original(image)).read_bytes() == before
    assert repaired() == []


def test_a_damaged_original_is_replaced_while_its_link_lives(image: Image, at: Place):
    before = at(original(image)).read_bytes()
    at(original(image)).write_bytes(before[:-1])
    assert repaired() == [(Kind.SIZE, True)]
    assert at(original(image)).read_bytes() == before
    assert not at("q").exists()


def test_a_picture_of_which_the_spool_still_knows_is_taken_from_there(image: Image, at: Place, tmp_path: Path):
    expired()
    staged = tmp_path / "held"
    at(original(image)).rename(staged)
    spool.hold(str(image.attempt.key), image.index, staged)
    assert repaired() == [(Kind.MISSING, True)]
    assert repaired() == []


def test_the_picture_inside_a_saved_answer_is_read_once_more(image: Image, at: Place):
    inside = b64encode(at(original(image)).read_bytes()).decode()
    spool.write(str(image.attempt.key), Answer(200, json.dumps({"data": [{"b64_json": inside}]}).encode(), {}))
    Image.objects.update(link="")
    expired()
    at(original(image)).unlink()
    assert repaired() == [(Kind.MISSING, True)]


def test_what_nobody_has_any_more_stays_a_finding(image: Image, at: Place):
    expired()
    at(original(image)).unlink()
    assert repaired() == [(Kind.MISSING, False)] == repaired()
    image.refresh_from_db()
    assert image.status == ImageStatus.STORED  # its disk may only be away


def test_a_damaged_original_that_nobody_has_is_put_aside_and_no_longer_shown(image: Image, at: Place):
    expired()
    at(original(image)).write_bytes(b"half a picture")
    assert repaired() == [(Kind.SIZE, True)]
    assert at(names.aside(original(image))).read_bytes() == b"half a picture"
    image.refresh_from_db()
    assert (image.status, image.trouble["sentence"][:20]) == (ImageStatus.LOST, "Its file was damaged")
    assert repaired() == []


def test_it_is_shown_again_once_its_file_is_back_from_a_backup(image: Image, at: Place):
    backup = at(original(image)).read_bytes()
    expired()
    at(original(image)).write_bytes(b"half a picture")
    repaired()
    at(original(image)).write_bytes(backup)
    assert repaired() == [(Kind.BACK, True)]
    image.refresh_from_db()
    assert (image.status, image.trouble) == (ImageStatus.STORED, None)
    assert repaired() == []


def test_a_row_that_tells_another_size_follows_the_file(image: Image):
    expired()
    Image.objects.update(bytes=5)
    assert repaired() == [(Kind.SIZE, True)]
    assert Image.objects.get().bytes == image.bytes


def test_a_picture_that_comes_otherwise_than_before_is_a_new_file(image: Image, at: Place):
    """Some providers draw the same picture anew, or label it anew, for everyone who asks."""
    other = "a" * 64
    at(names.original(other, image.format)).parent.mkdir(parents=True)
    for name in (original(image), *(names.derived(image.sha256, side) for side in names.SIDES)):
        target = at(name.replace(image.sha256, other).replace(f"/{image.sha256[:2]}/{image.sha256[2:4]}/", "/aa/aa/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        at(name).rename(target)
    at(names.original(other, image.format)).write_bytes(b"x")
    Image.objects.update(sha256=other)
    assert repaired()[0] == (Kind.SIZE, True)
    assert Image.objects.get().sha256 == image.sha256
    assert at(names.aside(names.original(other, image.format))).exists()


def test_smaller_copies_are_made_again(image: Image, at: Place):
    at(names.derived(image.sha256, 640)).unlink()
    at(names.derived(image.sha256, 320)).write_bytes(b"")
    assert repaired() == [(Kind.MISSING, True), (Kind.UNDECODABLE, True)]
    assert repaired() == []


def test_everything_about_a_picture_comes_back_at_once(image: Image, at: Place):
    shutil.rmtree(at("o"))
    shutil.rmtree(at("d"))
    assert repaired() == [(Kind.MISSING, True)]
    assert repaired() == []


def test_a_stuck_row_is_looked_at_again(image: Image):
    Heartbeat.stamp("a worker")
    Attempt.objects.update(outcome=Outcome.ACCEPTED, task="task_1")
    Generation.objects.update(status=Status.WAITING, due_at="2199-01-01T00:00Z")
    assert repaired() == [(Kind.STUCK, True)]
    assert Generation.objects.get().due_at <= timezone.now()
    assert repaired() == []


def test_a_row_that_a_driver_forgot_is_taken_from_it(image: Image):
    Heartbeat.stamp("a worker")
    Generation.objects.update(status=Status.COLLECTING, due_at="2026-01-01T00:00Z", driver=image.uid)
    fence = Generation.objects.get().fence
    assert repaired() == [(Kind.STUCK, True)]
    found = Generation.objects.get()
    assert (found.driver, found.fence) == (None, fence + 1)


def test_what_was_being_sent_when_the_studio_died_becomes_unknown(image: Image):
    Image.objects.all().delete()
    Attempt.objects.update(outcome=Outcome.SENDING)
    Generation.objects.update(status=Status.SENDING, due_at="2026-01-01T00:00Z", changed_at="2026-01-01T00:00Z")
    assert (Kind.STUCK, True) in repaired()
    assert Generation.objects.get().status == Status.UNKNOWN


# --- throwing away ---


@pytest.fixture
def stray(image: Image, at: Place) -> Path:
    path = at(names.original("e" * 64, "png"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    age(path)
    return path


def test_repairing_throws_nothing_away(stray: Path):
    assert repaired() == [(Kind.ORPHAN, False)]
    assert stray.exists()


def test_who_says_so_throws_away_what_is_old_enough(stray: Path):
    age(stray, 6 * 24 * 3600)
    assert repaired(Leave(delete=True)) == [(Kind.ORPHAN, False)]
    age(stray)
    assert repaired(Leave(delete=True)) == [(Kind.ORPHAN, True)]
    assert not stray.exists()
    assert repaired(Leave(delete=True)) == []


def test_a_file_that_was_kept_again_meanwhile_is_not_thrown_away(stray: Path, image: Image):
    age(stray, 60)
    assert not mend.remove(names.original("e" * 64, "png"))
    assert stray.exists()


def test_leftovers_are_swept(image: Image):
    work = staging.place() / "tmp-killed"
    work.mkdir(parents=True)
    age(work)
    assert repaired() == [(Kind.LEFT_OVER, True)]
    assert repaired() == []


def test_every_hour_a_worker_tidies_up(image: Image):
    key = str(Attempt.objects.get().key)
    spool.write(key, Answer(200, b"{}", {}))
    left.tidy()
    assert spool.keys() == [key]
    age(spool.place(key), 2 * left.HOUR)
    left.tidy()
    assert spool.keys() == []


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
@pytest.mark.parametrize(("status", "charge", "forgotten"), [("refused", "yes", True), ("lost", "yes", True), ("lost", "unknown", False)])
def test_what_came_to_nothing_is_kept_for_thirty_days(status: str, charge: str, forgotten: bool, days: int, kept: bool, image: Image):
    """Or for as long as it takes until somebody has said whether it was charged."""
    attempt = Attempt.objects.get()
    Image.objects.update(status=status, sha256="")
    Attempt.objects.update(charge=charge, answer=None)
    Generation.objects.update(finished_at=timezone.now() - timedelta(days=days))
    spool.write(str(attempt.key), Answer(200, b"{}", {}))
    spool.hold(str(attempt.key), 0, at_hand(b"no picture"))
    for path in spool.folder().iterdir():
        age(path)
    left.tidy()
    assert bool(list(spool.folder().iterdir())) is (kept or not forgotten)


def at_hand(content: bytes) -> Path:
    staging.place().mkdir(parents=True, exist_ok=True)
    path = staging.place() / "came"
    path.write_bytes(content)
    return path


def test_a_damaged_reference_is_put_aside_and_can_be_given_again(image: Image, at: Place):
    size = {"width": image.width, "height": image.height, "bytes": image.bytes}
    Upload.objects.create(team=image.team, user=image.user, sha256=image.sha256, format=image.format, **size)
    at(names.reference(image.sha256, image.format)).parent.mkdir(parents=True)
    at(names.reference(image.sha256, image.format)).write_bytes(b"x")
    assert repaired() == [(Kind.SIZE, True)]
    assert repaired() == [(Kind.REFERENCE, False)] == repaired()


# --- money ---


def test_money_is_never_touched(image: Image):
    Generation.objects.update(held=5)
    Purse.objects.update(held=7)
    before = list(Entry.objects.values()), list(Purse.objects.values()), money.totals(Generation.objects.get())
    assert all(kind == Kind.MONEY and not mended for kind, mended in repaired(Leave(True, True)))
    assert (list(Entry.objects.values()), list(Purse.objects.values()), money.totals(Generation.objects.get())) == before
