from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.catalogue import ENGINES
from generations.catalogue.check import check
from generations.catalogue.sizes import Size
from generations.models import Reference, Team, Upload, User
from generations.uploading import shelf
from tests.made import asked, made
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db


def test_references_stand_in_the_order_they_are_wanted(designer: User, team: Team):
    rows = [row(designer, team) for _ in range(4)]
    wanted = [rows[place].sha256 for place in (2, 0, 3, 1)]
    assert [one.sha256 for one in shelf.asked(team, wanted)] == wanted


def test_a_picture_is_a_reference_once(designer: User, team: Team):
    one, other = row(designer, team).sha256, row(designer, team).sha256
    assert [found.sha256 for found in shelf.asked(team, [one, other, one, ""])] == [one, other]


@pytest.mark.parametrize("hash", ["foreign", "f" * 64, "not a hash", "\0", "'; --"])
def test_a_hash_that_is_not_the_teams_cannot_be_read(hash: str, designer: User, team: Team, stranger: User, other_team: Team):
    hash = row(stranger, other_team).sha256 if hash == "foreign" else hash
    request = asked(references=shelf.asked(team, [row(designer, team).sha256, hash]))
    assert list(map(str, check(request, ENGINES[request.engine]))) == ["Reference 2 cannot be read; add it again."]


def test_a_request_knows_what_the_checks_ask(designer: User, team: Team):
    upload = row(designer, team, format="jpeg", width=640, height=480, bytes=5)
    (reference,) = shelf.asked(team, [upload.sha256])
    assert (reference.format, reference.size, reference.bytes) == ("jpeg", Size(640, 480), 5)


# --- lists ---


@pytest.fixture
def many(designer: User, team: Team) -> list[Upload]:
    """Newest first, three of each moment."""
    now = timezone.now()
    return [row(designer, team, used_at=now - timedelta(hours=number // 3), name=f"koi {number}") for number in range(shelf.PAGE * 2 + 5)]


def test_pages_follow_one_another_without_a_gap(many: list[Upload], designer: User, team: Team):
    seen: list[int] = []
    before = ""
    while True:
        page = shelf.page(shelf.recent(designer, team), before=before)
        seen += [upload.pk for upload in page.uploads]
        if not (before := page.further):
            break
    assert sorted(seen) == sorted(upload.pk for upload in many)
    assert len(seen) == len(set(seen))


def test_a_page_costs_one_query_however_many_there_are(many: list[Upload], designer: User, team: Team):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shelf.page(shelf.recent(designer, team))
    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]


@pytest.mark.parametrize(
    "before", ["x", "_", "2026-01-01_x", "2026-99-01T00:00_1", "0001-01-01T00:00_1", "9" * 400, "2026-01-01_" + "9" * 400]
)
def test_a_place_that_is_none_shows_the_beginning_or_the_end(before: str, many: list[Upload], designer: User, team: Team):
    assert len(shelf.page(shelf.recent(designer, team), before=before).uploads) in (0, shelf.PAGE)


@pytest.mark.parametrize(
    ("search", "found"), [("锦鲤", 1), ("KOI-", 1), ("100%", 1), ("_", 0), ("%", 1), ("'", 0), ("a" * 10_000, 0), ("\0", 3)]
)
def test_names_are_searched_as_they_are_written(search: str, found: int, designer: User, team: Team):
    for name in ("锦鲤.png", "koi-red.png", "100%.png"):
        row(designer, team, name=name)
    assert len(shelf.page(shelf.recent(designer, team), search).uploads) == found


def test_the_library_is_what_the_team_shares(designer: User, reviewer: User, team: Team, stranger: User, other_team: Team):
    mine, theirs = row(designer, team, shared=True), row(reviewer, team, shared=True)
    row(reviewer, team)
    row(stranger, other_team, shared=True)
    assert set(shelf.page(shelf.library(team)).uploads) == {mine, theirs}
    assert shelf.page(shelf.recent(designer, team)).uploads == [mine]


def test_what_is_removed_is_off_the_lists_and_stands_where_it_is_used(designer: User, team: Team):
    upload = row(designer, team, shared=True)
    shelf.forget(upload)
    assert not shelf.page(shelf.recent(designer, team)).uploads
    assert not shelf.page(shelf.library(team)).uploads
    assert shelf.asked(team, [upload.sha256])[0].bytes


def test_it_takes_no_room_from_others_unless_a_generation_was_made_from_it(designer: User, team: Team):
    upload, removed = row(designer, team), row(designer, team)
    Reference.objects.create(generation=made(designer, team), position=1, upload=upload)
    for one in (upload, removed):
        shelf.forget(one)
    assert list(shelf.needed(team)) == [upload]


def test_what_is_used_again_is_on_the_list_again(designer: User, team: Team):
    upload = row(designer, team, used_at=shelf.FORGOTTEN)
    shelf.touch(upload)
    assert shelf.page(shelf.recent(designer, team)).uploads == [upload]
