import pytest
from django.db import connection

from generations.health import journal
from generations.journal import guard
from tests.cast import client_of
from tests.journal.conftest import change

pytestmark = pytest.mark.django_db


def test_a_journal_in_order_says_how_far_it_goes(lines: list[int]):
    (found,) = journal.whole()
    assert (found.state, str(lines[-1]) in found.sentence) == ("ok", True)


def test_an_empty_journal_is_in_order():
    assert [finding.state for finding in journal.whole()] == ["ok"]


def test_a_changed_line_is_bad(lines: list[int]):
    change(lines[2], actor=9)
    (found,) = journal.whole()
    assert (found.state, found.sentence) == ("bad", f"Line {lines[2]} was changed after it was written.")


def test_a_missing_guard_is_bad_and_can_be_put_back():
    guard.remove(connection)
    (found,) = journal.whole()
    assert (found.state, "manage.py journal guard" in found.fix) == ("bad", True)


def test_the_administration_page_shows_it(owner):
    assert "The journal is empty and guarded." in client_of(owner).get("/administration/health/").content.decode()
