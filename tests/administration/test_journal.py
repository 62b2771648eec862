"""The journal in plain words, some of it, and all of it as a file."""

import ast
import csv
import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import journal
from generations.administration import chronicle, particulars, sayings
from generations.journal.chain import digest
from generations.models import JournalLine, ProviderAccount, Role, Team, User
from tests.cast import client_of, person
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

JOURNAL = "/administration/journal/"


@transaction.atomic
def note(deed: str, actor: User | None = None, team: Team | None = None, subject: Any = "", **details: object) -> JournalLine:
    return journal.write(deed, actor=actor, team=team, subject=subject, **details)


def page(user: User, query: str = "") -> str:
    answer = client_of(user).get(f"{JOURNAL}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(user: User, query: str = "") -> str:
    return page(user, query).partition("<tbody>")[2].partition("</tbody>")[0]


def further(page: str) -> str:
    found = re.search(r'href="\?[^"]*before=(\d+)"', page)
    return found[1] if found else ""


# --- words ---


def test_every_deed_can_be_said_and_belongs_to_one_group():
    firsts = [first for _label, firsts in sayings.GROUPS.values() for first in firsts]
    assert len(firsts) == len(set(firsts))
    for deed in journal.Deed:
        assert deed.value in sayings.SAYINGS, deed
        assert deed.value.partition(".")[0] in firsts, deed


def test_every_detail_has_a_name_for_people():
    told: set[str] = set()
    for path in Path(sayings.__file__).parents[1].rglob("*.py"):
        calls = (one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call))
        told |= {word.arg for call in calls if ast.unparse(call.func) == "journal.write" for word in call.keywords if word.arg}
    assert told - {"actor", "team", "subject"} <= set(particulars.LABELS)


def test_details_are_words_and_a_file_is_known_by_its_beginning(owner: User, team: Team):
    note("share.add", owner, team, words=False, protected=True)
    note("review.decide", owner, team, verdict="approved", sha256="ab" * 32)
    note("policy.change", owner, team, changed=["ask_above", "sealed"], ask_above=500_000, sealed=None)
    told = rows(owner)
    for words in (
        "with a password: yes, prompt shown: no",
        "verdict: Approved",
        "file: abababab…<",
        "changed: originals closed until approved, approval above: $0.50",
    ):
        assert words in told, words


def test_an_image_opens_for_whoever_works_in_its_team(owner: User, designer: User, team: Team, other_team: Team):
    (image,) = pictured(made(designer, team))
    note("image.trash", designer, team, subject=image)
    assert f'href="/images/{image.uid}/"' in rows(owner)
    person("Tom Only", other_team, Role.ADMIN)
    stranger = User.objects.get(name="Tom Only")
    User.objects.filter(pk=stranger.pk).update(is_superuser=True)
    assert f"image {image.pk}" in rows(stranger)
    assert f"/images/{image.uid}/" not in rows(stranger)


def test_a_line_says_who_did_what_to_what(owner: User, designer: User, team: Team):
    account = ProviderAccount.objects.create(name="Main", dialect="apimart", sandbox=True)
    note("account.change", owner, subject=account, changed=["in_flight"])
    note("generation.start", designer, team, subject="generation/7", engine="apimart/seedream-4.0", images=4, held=140_000)
    told = rows(owner)
    for words in [
        "Olga Owner",
        "changed a provider account",
        f"/administration/accounts/{account.pk}/",
        "Dana Designer",
        "asked for images",
    ]:
        assert words in told, words
    assert "engine: Seedream 4.0, images: 4, held: $0.14" in told
    assert "request 7" in told


def test_who_is_gone_is_still_a_number(owner: User):
    note("team.change", None, None, subject="user/99999")
    assert "The studio" in rows(owner)
    assert "person 99999" in rows(owner)


def test_what_a_guest_says_is_not_the_studios(owner: User, team: Team):
    note("comment.add", None, team, comment=3, link=7)
    assert "A guest" in rows(owner)
    assert "link: 7" in rows(owner)
    assert "The studio" not in rows(owner)


# --- some of it ---


def test_the_newest_come_first_and_older_ones_follow(owner: User, monkeypatch):
    monkeypatch.setattr(chronicle, "PAGE", 2)
    lines = [note("sign-in", owner) for _line in range(3)]
    assert f"before={lines[1].pk}" in page(owner)
    assert f">{lines[0].pk}<" in rows(owner, f"before={lines[1].pk}")


def test_some_of_it_can_be_picked(owner: User, designer: User, team: Team):
    note("team.add", owner)
    note("generation.start", designer, team)
    for query, seen in [
        ("group=people", [True, False]),
        ("group=requests", [False, True]),
        ("person=dana", [False, True]),
        ("person=olga@example.com", [True, False]),
        ("team=north", [False, True]),
        ("team=south", [False, False]),
        ("person=nobody", [False, False]),
        ("group=nonsense", [True, True]),
        ("day=2020-01-01", [False, False]),
        ("day=31-31-31", [True, True]),
        ("before=9e9", [True, True]),
    ]:
        told = rows(owner, query)
        assert ["added a team" in told, "asked for images" in told] == seen, query


def test_a_day_shows_what_was_before_its_end(owner: User):
    note("team.add", owner)
    assert "added a team" in rows(owner, f"day={timezone.localdate()}")
    assert "added a team" not in rows(owner, f"day={timezone.localdate() - timedelta(days=1)}")


def test_a_search_goes_back_so_far_and_then_on(owner: User, monkeypatch):
    monkeypatch.setattr(chronicle, "REACH", 2)
    first = note("team.add", owner)
    for _line in range(5):
        note("sign-in", owner)
    told = page(owner, "group=people")
    assert "Nothing like it among the latest lines." in told
    for _look in range(3):
        told = page(owner, f"group=people&before={further(told)}") if further(told) else told
    assert f">{first.pk}<" in told
    assert "added a team" in told


def test_more_lines_take_no_more_questions(owner: User, designer: User, team: Team):
    client = client_of(owner)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(JOURNAL)
        return len(asked)

    note("role.change", owner, team, subject=designer)
    few = questions()
    for _line in range(20):
        note("role.change", owner, team, subject=designer)
    assert questions() == few


def test_it_says_whether_it_is_whole(owner: User):
    note("sign-in", owner)
    assert "its latest lines are as written" in page(owner)


# --- all of it ---


def taken(user: User, format: str, **picked: str) -> str:
    answer = client_of(user).post(f"/administration/journal.{format}", picked)
    assert (answer.status_code, answer.streaming) == (200, True)
    return b"".join(answer.streaming_content).decode().removeprefix("\ufeff")


def test_the_lines_can_be_checked_by_whoever_has_the_file(owner: User, team: Team):
    note("team.add", owner, team, subject=team)
    told = [json.loads(line) for line in taken(owner, "jsonl").splitlines()]
    assert [line["deed"] for line in told] == ["team.add", "export"]
    first = JournalLine.objects.get(pk=told[0]["line"])
    assert told[0]["hash"] == digest(first)


def test_the_table_runs_nothing(owner: User, team: Team):
    User.objects.filter(pk=owner.pk).update(name='=HYPERLINK("http://evil")')
    note("team.add", owner, team)
    first = next(csv.DictReader(StringIO(taken(owner, "csv"))))
    assert first["name"] == '\'=HYPERLINK("http://evil")'
    assert first["team name"] == "Studio North"


def test_only_what_was_picked_is_taken(owner: User, designer: User, team: Team):
    note("generation.start", designer, team)
    note("team.add", owner)
    assert len(taken(owner, "jsonl", group="requests").splitlines()) == 1


def test_it_is_read_in_pieces(owner: User, monkeypatch):
    monkeypatch.setattr("generations.journal.export.PAGE", 2)
    for _line in range(5):
        note("sign-in", owner)
    assert len(taken(owner, "jsonl").splitlines()) == 6


def test_taking_it_is_a_deed_and_looking_is_not(owner: User):
    note("sign-in", owner)
    page(owner)
    assert JournalLine.objects.count() == 1
    taken(owner, "csv")
    assert JournalLine.objects.latest("pk").deed == "export"


@pytest.mark.parametrize("format", ["xlsx", "exe"])
def test_there_are_two_formats(format: str, owner: User):
    assert client_of(owner).post(f"/administration/journal.{format}").status_code == 404
    assert client_of(owner).get("/administration/journal.csv").status_code == 405
