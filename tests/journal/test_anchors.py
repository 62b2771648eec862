import os
from datetime import UTC, datetime, timedelta

import pytest

from generations import journal, tasks
from generations.journal import anchors
from generations.models import JournalLine
from tests.journal.conftest import add, burglar, forge, tear_out

pytestmark = pytest.mark.django_db


def a_day_passes() -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    os.utime(anchors.place(), (yesterday, yesterday))


def found() -> tuple[str, int] | None:
    flaw = journal.verify()
    return (flaw.kind, flaw.line) if flaw else None


def test_the_newest_line_is_noted_once_a_day(lines: list[int]):
    journal.anchor()
    later = add(1)
    journal.anchor()
    assert list(anchors.noted()) == [lines[-1]]
    a_day_passes()
    journal.anchor()
    assert list(anchors.noted()) == [lines[-1], *later]


def test_a_worker_at_work_sees_to_it(lines: list[int]):
    tasks.beat()
    assert list(anchors.noted()) == [lines[-1]]


def test_an_empty_journal_has_nothing_to_note():
    journal.anchor()
    assert not anchors.place().exists()


def test_it_is_also_logged(lines: list[int], caplog):
    caplog.set_level("INFO", "studio.journal")
    journal.anchor()
    assert journal.head()[1] in caplog.text


def test_a_day_that_has_its_note_costs_no_query(lines: list[int], django_assert_num_queries):
    journal.anchor()
    with django_assert_num_queries(0):
        journal.anchor()


def test_a_journal_that_grew_fits_its_anchors(lines: list[int]):
    journal.anchor()
    add(3)
    assert found() is None


def test_a_removed_last_line_is_missed(lines: list[int]):
    journal.anchor()
    tear_out(lines[-1])
    assert found() == ("cut", lines[-1])


def test_a_journal_that_was_emptied_is_missed(lines: list[int]):
    journal.anchor()
    tear_out(*lines)
    assert found() == ("cut", lines[-1])


def test_a_chain_that_was_written_anew_does_not_fit(lines: list[int]):
    journal.anchor()
    with burglar():
        before = forge(lines[2], details={})
        for line in lines[3:]:
            before = forge(line, before)
    assert found() == ("rewritten", lines[-1])
    assert str(datetime.now(UTC).date()) in journal.verify().sentence


def test_the_first_note_of_a_line_counts(lines: list[int]):
    journal.anchor()
    with anchors.place().open("a") as file:
        file.write(f"2026-11-21 {lines[-1]} {'0' * 64}\n")
    assert found() is None


def test_half_a_note_is_none(lines: list[int]):
    journal.anchor()
    with anchors.place().open("a") as file:
        file.write("2026-11-21 99 0123")
    assert found() is None


def test_the_latest_lines_are_held_against_their_anchors(lines: list[int]):
    journal.anchor()
    tear_out(lines[-1])
    assert journal.verify(latest=2).kind == "cut"
    assert JournalLine.objects.count() == 4
