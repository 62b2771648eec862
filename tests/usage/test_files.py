"""The tables as files."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.accounting import catch_up
from generations.models import JournalLine, Team, User
from tests.accounting.ledger import FOUR, ended
from tests.cast import client_of
from tests.made import asked

pytestmark = pytest.mark.django_db


def read(user: User, name: str, query: str = "", status: int = 200) -> list[dict[str, str]]:
    answer = client_of(user).get(f"/usage/{name}.csv{query}")
    assert answer.status_code == status
    if status != 200:
        return []
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.fixture
def work(designer: User, reviewer: User, team: Team) -> None:
    ended(designer, team, stored=4, charged=FOUR)
    ended(reviewer, team, stored=2, charged=2 * FOUR, request=asked(engine="gateway/seedream-4.0", images=4))
    ended(reviewer, team, stored=1, charged=FOUR, created_at=timezone.now() - timedelta(days=400))
    catch_up()


@pytest.mark.usefixtures("work")
def test_each_table_has_the_figures_of_the_page(admin: User):
    assert [(row["Engine"], row["Spent (USD)"]) for row in read(admin, "engines")] == [
        ("Seedream 4.0", "0.224000"),
        ("Seedream 5.0 Lite", "0.112000"),
    ]
    assert [(row["Person"], row["Requests"]) for row in read(admin, "people")] == [("Rui Reviewer", "1"), ("Dana Designer", "1")]
    assert [(row["Day"], row["Images delivered"]) for row in read(admin, "days")] == [(str(timezone.localdate()), "6")]
    assert len(read(admin, "lines")) == 2


@pytest.mark.usefixtures("work")
def test_a_designer_takes_no_names_away(designer: User, reviewer: User):
    assert [row["Person"] for row in read(designer, "people")] == ["You", "Everybody else"]
    read(designer, "lines", status=403)
    assert "Rui Reviewer" not in str(read(designer, "engines") + read(designer, "days"))


@pytest.mark.usefixtures("work")
def test_accounts_and_teams_are_for_site_administrators(admin: User, owner: User):
    read(admin, "accounts", status=403)
    read(admin, "teams", "?team=all", status=403)
    assert {row["Account"] for row in read(owner, "accounts")} == {"Sandbox apimart", "Sandbox gateway"}
    assert [row["Team"] for row in read(owner, "teams", "?team=all")] == ["Studio North"]


def test_a_table_that_is_none_is_not_there(owner: User):
    read(owner, "passwords", status=404)


def test_a_name_is_no_formula(designer: User, admin: User, team: Team):
    User.objects.filter(pk=designer.pk).update(name='=HYPERLINK("http://x.example")')
    ended(designer, team, charged=0)
    catch_up()
    for name in ("people", "lines"):
        assert [row["Person"] for row in read(admin, name)] == ['\'=HYPERLINK("http://x.example")']


def test_more_lines_take_the_same_queries(designer: User, admin: User, team: Team):
    client = client_of(admin)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get("/usage/lines.csv?period=year").streaming_content)
        return len(asked)

    ended(designer, team, charged=0)
    catch_up()
    queries()
    few = queries()
    for days in range(6):
        ended(designer, team, charged=0, created_at=timezone.now() - timedelta(days=days))
    catch_up()
    assert queries() == few


@pytest.mark.usefixtures("work")
def test_that_somebody_took_a_table_is_written_down(admin: User, team: Team):
    client_of(admin).head("/usage/lines.csv")
    read(admin, "lines")
    line = JournalLine.objects.get()
    assert (line.deed, line.actor, line.team, line.subject) == ("export", admin.pk, team.pk, "usage/lines")


def test_what_is_refused_is_not(designer: User, team: Team):
    read(designer, "lines", status=403)
    assert not JournalLine.objects.exists()
