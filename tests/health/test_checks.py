import pytest

from generations.health import checks
from generations.health.finding import bad, ok


def fine():
    return [ok("first", "Fine.")]


def wrong():
    return [bad("first", "Wrong.", "Repair it.")]


def test_every_check_has_its_turn():
    assert [finding.sentence for finding in checks.examine([("first", wrong), ("second", fine)])] == ["Wrong.", "Fine."]


def test_what_stands_on_a_bad_ground_is_not_asked(monkeypatch):
    monkeypatch.setattr(checks, "GROUND", [wrong])
    assert [finding.sentence for finding in checks.examine([("first", wrong), ("second", fine)])] == ["Wrong."]


def test_a_check_that_breaks_is_a_finding():
    (found,) = checks.examine([("first", lambda: 1 // 0)])
    assert (found.state, found.sentence) == ("bad", "A check could not be made.")
    assert found.fix.startswith("ZeroDivisionError")


@pytest.mark.django_db
def test_the_studio_of_the_tests_is_well_except_for_its_workers():
    assert {finding.subject for finding in checks.examine() if finding.state == "bad"} == {"workers"}
