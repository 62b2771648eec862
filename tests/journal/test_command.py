import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from generations import journal
from generations.journal import Deed, export, guard
from generations.models import Team, User
from tests.journal.conftest import change

pytestmark = pytest.mark.django_db


def say(*words: str) -> str:
    said = StringIO()
    call_command("journal", *words, stdout=said)
    return said.getvalue()


def test_a_whole_journal_is_said_to_be_whole(lines: list[int]):
    assert say("verify") == "5 lines, all as written.\n"
    assert json.loads(say("verify", "--json")) == {"lines": 5, "whole": True, "flaw": None}


@pytest.mark.parametrize("words", [["verify"], ["verify", "--json"]])
def test_a_broken_one_names_the_line_and_ends_with_one(words: list[str], lines: list[int]):
    change(lines[2], actor=9)
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("journal", *words, stdout=said)
    assert end.value.code == 1
    assert f"Line {lines[2]} was changed after it was written." in said.getvalue()


def test_a_script_reads_what_is_wrong(lines: list[int]):
    change(lines[2], actor=9)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("journal", "verify", "--json", stdout=said)
    assert {"kind": "changed", "line": lines[2]}.items() <= json.loads(said.getvalue())["flaw"].items()


def test_the_guard_can_be_put_back(lines: list[int]):
    guard.remove(connection)
    say("guard")
    assert guard.stands(connection)


def test_lines_are_exported_as_they_are_kept(lines: list[int], admin: User, team: Team):
    with transaction.atomic():
        line = journal.write(Deed.ROLE_CHANGE, actor=admin, team=team, subject=admin, role="viewer")
    found = [json.loads(text) for text in say("export", "--format", "json").splitlines()]
    assert [one["line"] for one in found] == [*lines, line.pk]
    assert found[-1] | {"at": 0} == {
        "line": line.pk,
        "at": 0,
        "actor": admin.pk,
        "team": team.pk,
        "deed": "role.change",
        "subject": f"user/{admin.pk}",
        "details": {"role": "viewer"},
        "before": line.before,
        "hash": line.hash,
    }


def test_a_table_has_a_row_for_each_line(lines: list[int]):
    found = list(csv.DictReader(StringIO(say("export"))))
    assert [row["line"] for row in found] == [str(line) for line in lines]
    assert json.loads(found[2]["details"]) == {"shared": True, "times": 3}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str):
    out = StringIO()
    line = dict.fromkeys(export.FIELDS, "x") | {"subject": text}
    export.as_csv(iter([line]), out)
    (row,) = csv.DictReader(StringIO(out.getvalue(), newline=""))
    assert row["subject"] == f"'{text}"


def test_only_a_teams_lines_are_exported(lines: list[int], team: Team):
    with transaction.atomic():
        line = journal.write(Deed.EXPORT, team=team)
    assert [row["line"] for row in csv.DictReader(StringIO(say("export", "--team", "north")))] == [str(line.pk)]


def test_only_lines_since_a_time_are_exported(lines: list[int]):
    tomorrow = timezone.localtime() + timedelta(days=1)
    for since in (str(tomorrow.date()), tomorrow.isoformat(), tomorrow.replace(tzinfo=None).isoformat()):
        assert len(say("export", "--since", since).splitlines()) == 1
    assert len(say("export", "--since", "2020-01-01").splitlines()) == 6


@pytest.mark.parametrize(
    ("words", "sentence"), [(["--team", "gone"], "no team “gone”"), (["--since", "soon"], "soon"), (["--since", "2026-02-31"], "02-31")]
)
def test_what_is_wrong_is_said(words: list[str], sentence: str):
    with pytest.raises(CommandError, match=sentence):
        say("export", *words)


def test_a_long_journal_is_exported_page_by_page(lines: list[int], monkeypatch):
    monkeypatch.setattr(export, "PAGE", 2)
    assert len(say("export").splitlines()) == 6
