"""manage.py fsck: what it says, and how it ends."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from generations.media import names
from generations.models import Image, JournalLine
from tests.integrity.conftest import age, original

pytestmark = pytest.mark.django_db

Place = Callable[[str], Path]


def fsck(*words: str) -> tuple[int, str]:
    """How it ended, and what it said."""
    said, code = StringIO(), 0
    try:
        call_command("fsck", *words, stdout=said, stderr=StringIO() if "--json" in words else said)
    except SystemExit as end:
        code = int(str(end.code))
    return code, said.getvalue()


def test_a_healthy_studio_ends_with_0(image: Image):
    assert fsck() == (0, "Everything fits together.\n")


def test_a_finding_is_one_line_with_what_to_do_and_ends_with_1(image: Image, at: Place):
    at(original(image)).unlink()
    code, said = fsck()
    assert code == 1
    finding, summary = said.splitlines()
    assert finding.startswith("missing        The original of image")
    assert "Run fsck --repair" in finding
    assert summary == "1 found, 0 repaired, 1 left."


def test_what_is_repaired_is_no_reason_to_worry(image: Image, at: Place):
    at(original(image)).unlink()
    code, said = fsck("--repair")
    assert code == 0
    assert "is missing" in said
    assert "Repaired." in said
    assert fsck("--repair") == (0, "Everything fits together.\n")


def test_throwing_away_takes_a_word_of_its_own(image: Image, at: Place):
    stray = at(names.derived("e" * 64, 320))
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    age(stray)
    assert fsck("--repair")[0] == 1
    assert fsck("--delete-orphans")[0] == 0
    assert not stray.exists()


def test_scripts_get_one_object(image: Image, at: Place):
    assert json.loads(fsck("--json")[1]) == {"findings": [], "found": 0, "repaired": 0, "damage": 0, "waste": 0, "whole": True}
    at(original(image)).unlink()
    at(names.derived(image.sha256, 320)).write_bytes(b"")
    told = json.loads(fsck("--json")[1])
    assert [finding["kind"] for finding in told["findings"]] == ["missing", "undecodable"]
    assert (told["damage"], told["whole"]) == (2, False)


@pytest.mark.parametrize("share", ["0", "5", "5%", "100"])
def test_a_share_may_be_named(share: str, image: Image):
    assert fsck("--sample", share)[0] == 0


@pytest.mark.parametrize("share", ["-1", "101", "half", "5.5"])
def test_a_share_that_is_none_is_refused(share: str):
    with pytest.raises(CommandError):
        fsck(f"--sample={share}")


def test_every_check_is_noted_in_the_journal(image: Image, at: Place):
    at(original(image)).unlink()
    fsck()
    line = JournalLine.objects.latest("pk")
    assert (line.deed, line.details) == ("studio.check", {"damage": 1, "waste": 0, "mended": 0, "sample": 100, "missing": 1})


def test_a_disk_that_is_not_mounted_is_no_loss_of_all_pictures(image: Image, at: Place, monkeypatch):
    monkeypatch.setattr("generations.integrity.survey.CROWD", 1)
    at("o").rename(at("elsewhere"))
    code, said = fsck("--repair")
    assert code == 2
    assert "Is its disk mounted" in said


def test_a_database_that_does_not_answer_cannot_be_checked(image: Image):
    with connection.execute_wrapper(refusing):
        code, said = fsck()
    assert (code, said) == (2, "Could not check: The database is away.\n")


def test_scripts_are_told_as_well(image: Image):
    with connection.execute_wrapper(refusing):
        code, said = fsck("--json")
    assert code == 2
    assert json.loads(said) == {"findings": [], "whole": None, "reason": "The database is away."}


def refusing(*words: object) -> object:
    raise OperationalError("The database is away.")
