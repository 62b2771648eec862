"""Whatever instruction is the last one: nothing paid for is lost, nothing is paid twice, and nobody pretends to know."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from generations.integrity.share import Share
from generations.integrity.survey import survey
from generations.media import names
from generations.models import Attempt, Outcome, Team, User
from generations.pipeline.checkpoint import CRASH
from tests.pipeline.studio import QUICK
from tests.servers.sandbox import ROOT

STRIDE = int(os.environ.get("STUDIO_TEST_STRIDE", "7"))  # every seventh of the second crashes; 1 for all of them, as `make soak` does
SPARSER = STRIDE if STRIDE == 1 else 2 * STRIDE  # three pictures, or a task to ask about, have more places to die at

Crashed = Callable[[str, int], list[dict[str, Any]]]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.waits]


@pytest.fixture(scope="module")
def mortal(django_db_setup: None, port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The program whose forks die: it reads what it needs once, for all tests."""
    own = {"STUDIO_DATA": str(tmp_path_factory.mktemp("crashes")), "DATABASE_URL": database(), "PYTHONWARNINGS": "ignore"}
    program = [sys.executable, "-m", "tests.pipeline.crashes", str(port)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(program, cwd=ROOT, env={**os.environ, **own}, **pipes) as running:
        yield running


@pytest.fixture
def crashed(mortal: subprocess.Popen[str], designer: User, team: Team, settings, tmp_path: Path, monkeypatch) -> Crashed:
    """Files are in a folder of this test, and smaller copies as those who died made them."""
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    monkeypatch.setattr(names, "SIDES", (320,))

    def ask(dialect: str, stride: int) -> list[dict[str, Any]]:
        print(json.dumps([dialect, stride, str(tmp_path)]), file=mortal.stdin, flush=True)
        return list(json.loads(mortal.stdout.readline() or pytest.fail("It ended.")))

    return ask


def database() -> str:
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    return f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def hold_true(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        assert set(case["ends"]) <= {CRASH, 0}, case
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
def test_a_crash_anywhere_loses_nothing_and_pays_once(crashed: Crashed, dialect: str):
    cases = crashed(dialect, STRIDE if dialect in ("anyfast", "gateway") else SPARSER)
    assert len(cases) > 20
    assert sum(case["ends"] == [CRASH, CRASH] for case in cases) > 5
    hold_true(cases)
    unknown = [case["deaths"] for case in cases if case["status"] == ["unknown"]]
    # Only between “sending” and the saved answer can nobody know; who asks with a key of ours, finds out.
    assert [deaths for deaths in unknown if len(deaths) == 1] == ([] if dialect == "apimart" else [[3], [4], [5]])
    assert not unknown if dialect == "apimart" else len(unknown) < len(cases) / 2


def test_nor_does_one_on_the_way_to_somebody_else(crashed: Crashed):
    """From the saved refusal until somebody has taken it on: two of these nine moments lie between a sending and its answer."""
    cases = crashed("failover", 0)
    hold_true(cases)
    assert {case["deaths"][0] for case in cases if case["status"] == ["unknown"]} == {9, 10, 11}
    assert [attempt.account.name for attempt in Attempt.objects.filter(number=2).select_related("account")[:1]] == ["Sandbox ark"]
