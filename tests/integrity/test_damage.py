"""Damage that was done on purpose, and is called by its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from generations.dialects.wire import Answer
from generations.integrity.finding import Kind
from generations.integrity.share import Share
from generations.journal import guard
from generations.media import names, spool, staging
from generations.models import (
    Attempt,
    Charge,
    Driver,
    Entry,
    Generation,
    Heartbeat,
    Image,
    JournalLine,
    Outcome,
    Purse,
    Reference,
    Status,
    Upload,
)
from generations.models.drivers import LEASE
from tests.integrity.conftest import age, found, kinds, original

pytestmark = pytest.mark.django_db

Place = Callable[[str], Path]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_healthy_studio_has_nothing_to_tell(image: Image):
    assert found() == []


# --- originals ---


def test_a_missing_original(image: Image, at: Place):
    at(original(image)).unlink()
    (finding,) = found()
    assert (finding.kind, finding.subject) == (Kind.MISSING, f"image/{image.pk}")
    assert original(image) in finding.sentence
    assert "fsck --repair" in finding.do


def test_a_cut_original(image: Image, at: Place):
    at(original(image)).write_bytes(at(original(image)).read_bytes()[:-10])
    assert kinds(Share(0)) == [Kind.SIZE]


def test_a_flipped_bit_of_an_original(image: Image, at: Place):
    flip(at(original(image)))
    assert kinds() == [Kind.HASH]
    assert kinds(Share(0)) == []


def test_bytes_that_the_disk_does_not_give(image: Image, at: Place):
    at(original(image)).unlink()
    at(original(image)).symlink_to("/proc/self/mem")
    Image.objects.update(bytes=0)
    assert kinds() == [Kind.UNDECODABLE]


def test_twins_are_one_file_and_one_finding(image: Image, at: Place):
    image.pk, image.uid, image.index = None, uuid4(), 1
    image.save()
    at(original(image)).unlink()
    assert kinds() == [Kind.MISSING]


# --- what is made of them ---


def test_a_missing_smaller_copy(image: Image, at: Place):
    at(names.derived(image.sha256, 640)).unlink()
    (finding,) = found()
    assert finding.kind == Kind.MISSING
    assert "d/640/" in finding.sentence
    assert "d/320/" not in finding.sentence


def test_a_smaller_copy_that_is_no_picture(image: Image, at: Place):
    path = at(names.derived(image.sha256, 320))
    path.write_bytes(path.read_bytes()[:100])
    assert kinds() == [Kind.UNDECODABLE]


def test_an_empty_smaller_copy_is_seen_without_reading(image: Image, at: Place):
    at(names.derived(image.sha256, 320)).write_bytes(b"")
    assert kinds(Share(0)) == [Kind.UNDECODABLE]


# --- files of nobody ---


def test_an_original_of_nobody(image: Image, at: Place):
    Image.objects.update(sha256="f" * 64)  # its row tells of another one
    for name in at("o").rglob("*.*"):
        age(name)
    assert Kind.ORPHAN in kinds()


def test_smaller_copies_of_nobody(image: Image, at: Place):
    path = at(names.derived("e" * 64, 320))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert kinds() == []  # it may have been made just now
    age(path)
    assert kinds() == [Kind.ORPHAN_DERIVED]


@pytest.mark.parametrize("name", ["o/notes.txt", "r/ab/.DS_Store", "d/320/zz/zz/thumb.webp"])
def test_a_file_that_is_not_ours(name: str, image: Image, at: Place):
    at(name).parent.mkdir(parents=True, exist_ok=True)
    at(name).write_text("x")
    age(at(name))
    assert [finding.subject for finding in found()] == [name]


def test_an_ended_picture_leaves_its_file_for_a_while(image: Image, at: Place):
    age(at(original(image)))
    Image.objects.update(status="removed", trashed_at=timezone.now())
    assert kinds() == []


def test_work_that_was_killed(image: Image):
    left = staging.place() / "tmp-killed"
    left.mkdir(parents=True)
    assert kinds() == []
    age(left, 2 * 3600)
    assert kinds() == [Kind.LEFT_OVER]


def test_an_answer_that_is_kept_elsewhere_by_now(image: Image):
    key = str(Attempt.objects.get().key)
    spool.write(key, Answer(200, b"{}", {}))
    age(spool.place(key), 2 * 3600)
    assert kinds() == []  # a worker takes it away within the hour
    age(spool.place(key), 4 * 3600)
    assert kinds() == [Kind.LEFT_OVER]


@pytest.mark.parametrize("needed", [{"charge": Charge.UNKNOWN}, {"answer": None, "images": None}])
def test_an_answer_that_may_still_be_needed(needed: dict[str, Any], image: Image):
    attempt = Attempt.objects.get()
    if "images" in needed:
        Image.objects.update(status="refused")
    Attempt.objects.filter(pk=attempt.pk).update(**{name: value for name, value in needed.items() if name != "images"})
    spool.write(str(attempt.key), Answer(200, b"{}", {}))
    age(spool.place(str(attempt.key)))
    assert Kind.LEFT_OVER not in kinds()


def test_an_answer_of_no_attempt(image: Image):
    key = str(uuid4())
    spool.write(key, Answer(200, b"{}", {}))
    age(spool.place(key))
    assert kinds() == [Kind.ORPHAN]


# --- references ---


@pytest.fixture
def upload(image: Image, at: Place) -> Upload:
    """The picture itself, taken for a reference."""
    name = names.reference(image.sha256, image.format)
    at(name).parent.mkdir(parents=True)
    at(name).write_bytes(at(original(image)).read_bytes())
    size = {"width": image.width, "height": image.height, "bytes": image.bytes}
    return Upload.objects.create(team=image.team, user=image.user, sha256=image.sha256, format=image.format, **size)


def test_a_reference_without_its_file(upload: Upload, at: Place):
    assert kinds() == []
    at(names.reference(upload.sha256, upload.format)).unlink()
    (finding,) = found()
    assert (finding.kind, finding.subject) == (Kind.REFERENCE, f"upload/{upload.pk}")


def test_a_changed_reference(upload: Upload, at: Place):
    flip(at(names.reference(upload.sha256, upload.format)))
    assert [(finding.kind, finding.subject) for finding in found()] == [(Kind.HASH, f"upload/{upload.pk}")]


def test_a_request_that_lost_a_reference(upload: Upload, image: Image):
    request = image.generation.request
    request["references"] = [{"sha256": upload.sha256}]
    Generation.objects.update(request=request)
    assert kinds() == [Kind.REFERENCE]
    Reference.objects.create(generation=image.generation, position=1, upload=upload)
    assert kinds() == []


# --- rows ---

LONG_AGO = "2026-01-01T00:00Z"
STUCK: dict[str, dict[str, Any]] = {
    "not due in sight": {"status": Status.WAITING, "due_at": "2199-01-01T00:00Z"},
    "in the middle of sending": {"status": Status.SENDING, "due_at": LONG_AGO, "changed_at": LONG_AGO},
    "more than an hour ago": {"status": Status.COLLECTING, "due_at": LONG_AGO},
    "has ended, but is due": {"due_at": LONG_AGO},
    "has ended, but is due, in somebody": {"driver": uuid4()},
    "sent at no time": {"sent_at": None},
    "fewer images came": {"images_asked": 2},
    "otherwise than its images say": {"status": Status.PARTIAL},
    "no attempt of it is planned": {"status": Status.QUEUED, "due_at": LONG_AGO},
    "no attempt of it knows one": {"status": Status.WAITING, "due_at": LONG_AGO},
    "counts as never sent": {"status": Status.REFUSED},
}


@pytest.mark.parametrize("sentence", STUCK)
def test_a_row_where_no_pipeline_leaves_it(sentence: str, image: Image):
    Heartbeat.stamp("a worker")
    Generation.objects.update(**STUCK[sentence])
    told = found()
    assert {finding.kind for finding in told} == {Kind.STUCK}
    assert any(sentence in finding.sentence for finding in told)


def test_whoever_is_being_sent_by_a_living_driver_is_not_stuck(image: Image):
    driver = Driver.objects.create(host="here", process=1, lease_until=timezone.now() + LEASE)
    Generation.objects.update(status=Status.SENDING, due_at=timezone.now(), driver=driver.pk, changed_at=LONG_AGO)
    Attempt.objects.update(outcome=Outcome.SENDING)
    assert found() == []


def test_an_image_that_never_came_though_its_request_ended(image: Image):
    Image.objects.update(status="coming")
    assert kinds() == [Kind.STUCK]


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("is being sent", {"outcome": Outcome.SENDING}),
        ("was not sent, but has a task", {"outcome": Outcome.NOT_SENT, "charge": Charge.NO, "task": "task_1"}),
        ("was not sent, but has a task or a charge", {"outcome": Outcome.NOT_SENT}),
    ],
)
def test_an_attempt_that_contradicts_itself(sentence: str, changes: dict[str, Any], image: Image):
    Attempt.objects.update(**changes)
    (finding,) = found()
    assert finding.kind == Kind.STUCK
    assert sentence in finding.sentence


def test_an_attempt_that_was_taken_on_and_left_no_trace(image: Image):
    Image.objects.all().delete()
    Generation.objects.update(status=Status.EXPIRED)
    Attempt.objects.update(task="", answer=None)
    assert "neither a task" in found()[0].sentence


def test_an_image_whose_row_names_no_file(image: Image):
    Image.objects.update(format="gif")
    assert "cannot name a file" in found()[0].sentence


# --- money and journal ---


def test_money_that_is_held_for_nothing(image: Image):
    Generation.objects.update(held=5)
    told = found()
    assert {finding.kind for finding in told} == {Kind.MONEY}
    assert any("nothing of it is open" in finding.sentence for finding in told)
    assert all(finding.mend is None for finding in told)


def test_money_of_what_nobody_knows_is_held_rightly(image: Image):
    Image.objects.all().delete()
    Attempt.objects.update(outcome=Outcome.FAILED, charge=Charge.UNKNOWN)
    Entry.objects.exclude(kind="hold").delete()
    Purse.objects.update(held=35_000, spent=0)
    Generation.objects.update(status=Status.FAILED, held=35_000, charged=0)
    assert found() == []


def test_an_entry_that_was_taken_out(image: Image):
    Entry.objects.filter(kind="settle").delete()
    assert Kind.MONEY in kinds()


def test_an_edited_line_of_the_journal(image: Image):
    guard.remove(connection)
    JournalLine.objects.update(details={"images": 4})
    guard.put(connection)
    (finding,) = found()
    assert finding.kind == Kind.JOURNAL
    assert "was changed" in finding.sentence
