from threading import Event
from time import monotonic

import pytest
from django.db import connections

from generations.health import readiness
from generations.health.finding import ok


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    monkeypatch.setattr(readiness, "latest", None)


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    times: list[int] = []

    def check():
        times.append(1)
        return [ok("storage", "Fine.")]

    monkeypatch.setattr(readiness, "NEEDED", [("storage", check)])
    return times


def test_an_answer_is_kept_for_a_moment(asked):
    assert readiness.findings() == readiness.findings()
    assert len(asked) == 1


def test_an_old_answer_is_not_given_again(asked, monkeypatch):
    monkeypatch.setattr(readiness, "KEPT", 0)
    readiness.findings()
    readiness.findings()
    assert len(asked) == 2


def test_a_check_that_hangs_is_bad_and_holds_nobody(monkeypatch, asked):
    free = Event()
    monkeypatch.setattr(readiness, "NEEDED", [*readiness.NEEDED, ("database", lambda: [free.wait(10)])])
    monkeypatch.setattr(readiness, "LIMIT", 0.1)
    monkeypatch.setattr(readiness, "KEPT", 0)
    began = monotonic()
    answers = [readiness.findings() for _probe in range(5)]
    free.set()
    assert monotonic() - began < 2
    assert len(asked) == 1
    assert [(f.subject, f.state) for f in answers[-1]] == [("storage", "ok"), ("database", "bad")]
    readiness.latest.thread.join()


@pytest.mark.django_db(transaction=True)
def test_an_examination_gives_its_connection_back(monkeypatch):
    used = []

    def check():
        connections["default"].ensure_connection()
        return used.append(connections["default"]) or [ok("database", "Fine.")]

    monkeypatch.setattr(readiness, "NEEDED", [("database", check)])
    assert [finding.state for finding in readiness.findings()] == ["ok"]
    assert used[0].connection is None
