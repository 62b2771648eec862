"""What the night counts, and what the pages make of it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from generations.administration import forecast
from generations.integrity import stock
from generations.integrity.share import Share
from generations.integrity.survey import Tally
from generations.media import names
from generations.media.store import store
from generations.models import ImageStatus, Stock, Team, User
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

GB = 1000**3


def counted(**fields: Any) -> Stock:
    usual = dict.fromkeys(("delivered", "stored", "missing", "originals", "copies", "uploads", "spool"), 0)
    return Stock.objects.create(**{**usual, **fields})


def page(user: User) -> str:
    return client_of(user).get("/administration/storage/").content.decode()


def test_the_night_counts_rows_by_team(designer: User, stranger: User, team: Team, other_team: Team):
    pictured(made(designer, team), 3)
    pictured(made(designer, team), 1, status=ImageStatus.LOST, sha256="")
    pictured(made(stranger, other_team), 1)
    found = stock.take(Tally(), Share(5), lambda: None)
    assert (found.delivered, found.stored, found.missing, found.sample) == (5, 4, 1, 5)
    assert found.teams == [[team.pk, 3, 3_000_000], [other_team.pk, 1, 1_000_000]]


def test_the_night_weighs_files_where_they_lie(tmp_path, settings):
    settings.STORAGE = tmp_path / "media"
    for name, count in ((names.original("a" * 64, "png"), 100), (names.derived("a" * 64, 320), 20), (names.reference("b" * 64, "png"), 7)):
        staged = tmp_path / "staged"
        staged.write_bytes(BytesIO(b"x" * count).read())
        store().keep(staged, name)
    found = stock.take(Tally(), Share(), lambda: None)
    assert (found.originals, found.copies, found.uploads) == (100, 20, 7)


def test_only_so_many_nights_are_remembered(monkeypatch):
    monkeypatch.setattr(stock, "NIGHTS", 2)
    for _night in range(4):
        stock.take(Tally(), Share(), lambda: None)
    assert Stock.objects.count() == 2


# --- pages ---


def test_nothing_is_said_before_it_was_counted(owner: User):
    assert "has not been yet" in page(owner)


def test_parts_and_the_largest_teams_are_shown(owner: User, team: Team):
    counted(originals=3 * GB, copies=GB, teams=[[team.pk, 12, 3 * GB], [99999, 1, 5]])
    told = page(owner)
    for words in ("3.0\xa0GB", "1.0\xa0GB", "4.0\xa0GB", "Studio North"):
        assert words in told, words


@pytest.mark.parametrize(
    ("grown", "free", "months"), [(10 * GB, 100 * GB, 10), (0, 100 * GB, None), (100 * GB, 10 * GB, 0), (-5 * GB, 100 * GB, None)]
)
def test_the_pace_is_that_of_the_last_month(grown: int, free: int, months: int | None):
    now = timezone.now()
    earlier = counted(at=now - timedelta(days=30), originals=200 * GB)
    newest = counted(at=now, originals=200 * GB + grown)
    assert forecast.Forecast(newest, earlier, free, 500 * GB).months == months


def test_one_night_makes_no_pace(owner: User):
    counted(originals=GB)
    assert forecast.Forecast.now().pace == ""


def test_counting_can_be_asked_for(owner: User, monkeypatch):
    rung: list[str] = []
    monkeypatch.setattr("generations.administration.storage.jobs.ring", rung.append)
    client_of(owner).post("/administration/storage/count/")
    assert rung == ["nightly"]


# --- health ---


def test_health_shows_findings_workers_version_and_settings(owner: User):
    told = client_of(owner).get("/administration/health/").content.decode()
    for words in ("Database", "No worker has reported.", "STUDIO_DATA", "Seedbed 0.1.0"):
        assert words in told, words


def test_secrets_are_only_said_to_be_set(owner: User, settings):
    told = client_of(owner).get("/administration/health/").content.decode()
    assert settings.SECRET_KEY not in told
    assert not any(key in told for key in settings.ENCRYPTION_KEYS)
