from datetime import UTC, datetime

import pytest
from django.db.models import BinaryField, DateTimeField, TextField, Value
from django.db.models.functions import Cast

from generations import journal
from generations.journal import audit
from generations.models import JournalLine
from tests.journal.conftest import add, burglar, change, forge, tear_out

pytestmark = pytest.mark.django_db


def found() -> tuple[str, int] | None:
    flaw = journal.verify()
    return (flaw.kind, flaw.line) if flaw else None


def test_a_journal_as_it_was_written_has_no_flaw(lines: list[int]):
    assert found() is None


def test_an_empty_journal_has_no_flaw():
    assert found() is None


@pytest.mark.parametrize(
    "values",
    [
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"actor": 9},
        {"team": 9},
        {"deed": "image.purge"},
        {"subject": "image/4"},
        {"details": {"shared": True, "times": 2}},
        {"details": {"shared": True, "times": 3, "more": None}},
        {"details": []},
        {"before": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_a_changed_line_is_named(values: dict[str, object], lines: list[int]):
    change(lines[2], **values)
    assert found() == ("changed", lines[2])


@pytest.mark.sqlite
@pytest.mark.parametrize("column", ["at", "subject", "actor", "deed"])
@pytest.mark.parametrize("value", [Value("neither", TextField()), Value(b"\xff", BinaryField()), Value("", TextField())])
def test_a_line_that_cannot_even_be_read_is_named(column: str, value: Value, lines: list[int]):
    change(lines[2], **{column: value})
    assert found() == ("changed", lines[2])


@pytest.mark.postgres
def test_a_time_that_cannot_even_be_read_is_named(lines: list[int]):
    change(lines[2], at=Cast(Value("infinity"), DateTimeField()))
    assert found() == ("changed", lines[2])


@pytest.mark.parametrize("gone", [slice(0, 1), slice(2, 3), slice(1, 4), slice(0, 4)])
def test_removed_lines_are_missed_by_the_next(gone: slice, lines: list[int]):
    tear_out(*lines[gone])
    assert found() == ("gap", lines[gone.stop])


def swap(one: int, other: int) -> None:
    with burglar():
        for now, then in [(one, -1), (other, one), (-1, other)]:
            JournalLine.objects.filter(pk=now).update(id=then)


def test_swapped_lines_are_named(lines: list[int]):
    swap(lines[1], lines[2])
    assert found() == ("moved", lines[1])


def test_a_line_forged_with_a_fitting_hash_does_not_fit_the_next(lines: list[int]):
    with burglar():
        forge(lines[2], details={})
    assert found() == ("gap", lines[3])


def put_in(place: int, before: str) -> None:
    line = JournalLine(pk=place, deed="export", before=before)
    line.hash = journal.chain.digest(line)
    line.save(force_insert=True)


@pytest.mark.parametrize("place", [-7, 0])
def test_a_line_put_before_all_others_is_named(place: int, lines: list[int]):
    put_in(place, "f" * 64)
    assert found() == ("gap", place)


def test_a_line_put_in_between_is_named(lines: list[int]):
    fourth = JournalLine.objects.get(pk=lines[3])
    with burglar():
        forge(lines[4], before="e" * 64)
    put_in(lines[4] + 1, fourth.hash)
    swap(lines[4], lines[4] + 1)
    assert found() == ("gap", lines[4] + 1)


def test_it_reads_page_by_page_and_says_how_far_it_is(lines: list[int], monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 2)
    counts: list[int] = []
    journal.verify(counts.append)
    assert counts == [2, 4, 5]


def test_twice_the_lines_take_the_same_queries_on_a_page(django_assert_num_queries):
    for _time in range(2):
        add(20)
        with django_assert_num_queries(3):  # a page, the empty one after it, the guard
            journal.verify()


def test_the_latest_lines_can_be_looked_at_alone(lines: list[int]):
    change(lines[1], actor=9)
    assert journal.verify(latest=3) is None
    assert journal.verify(latest=4).line == lines[1]
    assert journal.verify(latest=99).line == lines[1]
