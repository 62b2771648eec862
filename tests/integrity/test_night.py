"""Once a day, by one of all who notice that it is time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from generations import jobs, journal, tasks
from generations.health import integrity
from generations.health.integrity import SUBJECT
from generations.integrity import night
from generations.journal import guard
from generations.media import staging
from generations.models import Heartbeat, Image, ImageStatus, JournalLine, Team, User
from tests.cast import client_of
from tests.integrity.conftest import age, come, original
from tests.pipeline.conftest import together  # noqa: F401  # a fixture

Place = Callable[[str], Path]
AFTERNOON = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return come(designer, team)


@pytest.fixture
def lived(db: None) -> None:
    """Somebody used the studio once, long before."""
    line = note("studio.found")
    guard.remove(connection)
    JournalLine.objects.filter(pk=line.pk).update(at=AFTERNOON - timedelta(days=30))
    guard.put(connection)


def note(deed: str, **details: int) -> JournalLine:
    with transaction.atomic():
        return journal.write(deed, subject=SUBJECT, **details)


def moved(line: JournalLine, at: datetime) -> None:
    guard.remove(connection)
    JournalLine.objects.filter(pk=line.pk).update(at=at)
    guard.put(connection)


def test_it_begins_once(lived: None):
    assert night.begins(timezone.now())
    assert not night.begins(timezone.now())


@pytest.mark.parametrize(("began", "now", "due"), [("03:01", "23:59", False), ("03:01", "02:59", False), ("03:01", "03:00", True)])
def test_it_is_the_small_hours_that_count(began: str, now: str, due: bool, lived: None):
    line = note("studio.night")
    moved(line, datetime.fromisoformat(f"2026-11-20T{began}Z"))
    day = 20 if now > began else 21
    assert night.due(datetime.fromisoformat(f"2026-11-{day}T{now}Z")) is due


def test_a_studio_that_was_off_at_night_catches_up(lived: None):
    moved(note("studio.night"), AFTERNOON - timedelta(days=3))
    assert night.due(AFTERNOON)


def test_a_new_studio_waits_for_its_first_night(db: None):
    assert not night.begins(timezone.now())
    line = note("studio.found")
    assert not night.due(line.at)
    assert night.due(line.at + timedelta(days=1))


def test_only_one_of_a_crowd_begins(lived: None, together):  # noqa: F811
    begun = together(8, lambda: night.begins(timezone.now()))
    assert sorted(begun) == [False] * 7 + [True]


def test_who_notices_rings_for_it(lived: None, django_capture_on_commit_callbacks, monkeypatch):
    rung: list[str] = []
    monkeypatch.setattr(jobs, "ring", lambda task, *args: rung.append(task))
    tasks.beat()
    tasks.beat()
    assert rung.count("nightly") == 1


def test_it_looks_and_keeps_what_it_found(image: Image, at: Place):
    at(original(image)).unlink()
    tasks.nightly()
    line = JournalLine.objects.latest("pk")
    assert (line.deed, line.details["damage"], line.details["sample"]) == ("studio.check", 1, 5)
    assert not at(original(image)).exists()  # it repairs nothing


def test_it_ends_what_has_lain_in_the_trash_for_long(image: Image):
    Image.objects.update(trashed_at=timezone.now() - timedelta(days=31))
    tasks.nightly()
    assert Image.objects.get().status == ImageStatus.REMOVED


@pytest.mark.sqlite
def test_it_counts_so_that_the_database_can_plan(image: Image):
    tasks.nightly()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {"generations_image", "generations_generation", "generations_attempt"} <= {table for (table,) in cursor.fetchall()}


def test_a_long_night_is_no_dead_worker(db: None):
    pulse = night.Pulse()
    pulse()
    before = Heartbeat.objects.get().beat_at
    pulse()
    assert Heartbeat.objects.get().beat_at == before
    pulse.next = 0
    pulse()
    assert Heartbeat.objects.get().beat_at > before


def test_workers_tidy_up_every_hour(db: None, monkeypatch):
    left = staging.place() / "tmp-killed"
    for _time in range(2):
        left.mkdir(parents=True)
        age(left)
        monkeypatch.setattr(tasks, "tidied", float("-inf"))
        tasks.beat()
        assert not left.exists()
    left.mkdir()
    age(left)
    tasks.beat()
    assert left.exists()


# --- what health says of it ---


def test_before_the_first_night_nothing_is_wrong(db: None):
    (finding,) = integrity.checked()
    assert (finding.state, finding.sentence) == ("ok", "Not checked yet. That happens every night.")


@pytest.mark.parametrize(
    ("counts", "state", "words"),
    [
        ((0, 0), "ok", "nothing found"),
        ((0, 3), "ok", "3 files belong to nothing"),
        ((1, 0), "bad", "1 finding."),
        ((2, 9), "bad", "2 findings."),
    ],
)
def test_the_last_check_is_told(counts: tuple[int, int], state: str, words: str, db: None):
    note("studio.check", damage=counts[0], waste=counts[1])
    (finding,) = integrity.checked()
    assert (finding.state, finding.sentence.endswith(words) or words in finding.sentence) == (state, True)


def test_a_check_of_long_ago_is_a_warning(lived: None):
    moved(note("studio.check", damage=0, waste=0), timezone.now() - timedelta(days=4))
    assert integrity.checked()[0].state == "warn"


def test_site_administrators_see_it(owner: User):
    note("studio.check", damage=3, waste=0)
    page = client_of(owner).get("/administration/health/").content.decode()
    assert "3 findings." in page
    assert "Integrity" in page
