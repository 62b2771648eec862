"""Whatever instruction is the last one: nothing paid for is lost, nothing is paid twice, and nobody pretends to know."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from generations.integrity.share import Share
from generations.integrity.survey import survey
from generations.media import names
from generations.models import Attempt, Outcome, Team, User
from tests.pipeline.studio import QUICK
from tests.servers.sandbox import ROOT

STRIDE = os.environ.get("STUDIO_TEST_STRIDE", "7")  # every seventh of the second crashes; 1 for all of them, as `make soak` does
SPARSER = STRIDE if STRIDE == "1" else str(2 * int(STRIDE))  # three pictures, or a task to ask about, have more places to die at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.waits]


@pytest.fixture(autouse=True)
def _studio(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are in a folder of this test, and smaller copies as those who died made them."""
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    monkeypatch.setattr(names, "SIDES", (320,))


def database() -> str:
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    return f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def crashed(dialect: str, port: int, stride: str = STRIDE) -> list[dict[str, Any]]:
    environment = {**os.environ, "STUDIO_DATA": str(settings.DATA), "DATABASE_URL": database(), "PYTHONWARNINGS": "ignore"}
    program = [sys.executable, "-m", "tests.pipeline.crashes", dialect, str(port), stride]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def hold_true(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        assert case["ends"][-1] == 0, case
        assert 3 not in case["ends"], case
        assert case["rows"] == 1, case
        assert case["paid"] <= 1, case
        [status] = case["status"]
        assert status in ("done", "unknown"), case
        if status == "done":
            assert (case["paid"], case["held"], case["pictures"]) == (1, 0, case["asked"]), case
            assert case["charged"] > 0, case
        else:
            assert (case["held"], case["charged"]) == (35_000 * case["asked"], 0), case
    assert [str(finding) for finding in survey(Share())] == []  # every row, file and line of the journal
    assert not Attempt.objects.filter(outcome=Outcome.SENDING).exists()


@pytest.mark.parametrize("dialect", QUICK)
def test_a_crash_anywhere_loses_nothing_and_pays_once(designer: User, team: Team, port: int, dialect: str):
    cases = crashed(dialect, port, STRIDE if dialect in ("anyfast", "gateway") else SPARSER)
    assert len(cases) > 30
    hold_true(cases)
    unknown = [case for case in cases if case["status"] == ["unknown"]]
    # Only between “sending” and the saved answer can nobody know; who asks with a key of ours, finds out.
    assert not unknown if dialect == "apimart" else 0 < len(unknown) < len(cases) / 2


def test_nor_does_one_on_the_way_to_somebody_else(designer: User, team: Team, port: int):
    """From the saved refusal until somebody has taken it on: two of these nine moments lie between a sending and its answer."""
    cases = crashed("failover", port, "0")
    hold_true(cases)
    assert {case["first"] for case in cases if case["status"] == ["unknown"]} == {9, 10, 11}
    assert [attempt.account.name for attempt in Attempt.objects.filter(number=2).select_related("account")[:1]] == ["Sandbox ark"]
