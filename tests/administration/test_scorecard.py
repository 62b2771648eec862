"""How an account has served us: figures from our own requests, by questions whose number does not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.administration import scorecard
from generations.administration.cards import percent
from generations.dialects import faults
from generations.models import Gate, Generation, Outcome, ProviderAccount, Status, Tally, Team, User
from generations.pipeline import gate
from generations.pipeline.trouble import STALE
from tests.administration.stock import answered
from tests.cast import client_of
from tests.made import sandbox

pytestmark = pytest.mark.django_db


def score(account: ProviderAccount) -> scorecard.Score:
    return scorecard.measure([account.pk], timezone.now())[account.pk]


def test_success_is_counted_over_what_the_provider_is_answerable_for(designer: User, team: Team):
    answered(designer, team, 3)
    answered(designer, team, 1, outcome=Outcome.UNKNOWN, trouble={"sentence": faults.CUT_OFF.sentence})
    for innocent in (faults.BUSY, faults.SIZE, faults.REQUEST):
        answered(designer, team, 1, outcome=Outcome.NOT_SENT, trouble={"sentence": innocent.sentence})
    answered(designer, team, 1, outcome=Outcome.NOT_SENT, trouble={"sentence": STALE})
    found = score(sandbox())
    assert (found.good, found.bad, found.succeeded) == (3, 1, 75.0)


def test_what_the_content_rules_held_back_is_no_failure_but_a_figure_of_its_own(designer: User, team: Team):
    answered(designer, team, 3)
    for fault in (faults.WORDS, faults.RESULT):
        answered(designer, team, 1, outcome=Outcome.FAILED, trouble={"sentence": fault.taken})
    found = score(sandbox())
    assert (found.succeeded, found.moderated) == (100.0, 40.0)


def test_what_was_paid_for_and_never_came_is_no_success(designer: User, team: Team):
    for status in (Status.EXPIRED, Status.EXPIRED, Status.FAILED):
        answered(designer, team, 1, status=status)
    answered(designer, team, 1, status=Status.PARTIAL)
    found = score(sandbox())
    assert (found.good, found.bad, found.succeeded) == (1, 3, 25.0)


def test_pictures_that_were_all_held_back_are_no_failure_of_the_provider(designer: User, team: Team):
    answered(designer, team, 3, status=Status.FAILED)
    Generation.objects.update(trouble={"sentence": faults.RESULT.taken})
    assert (score(sandbox()).bad, score(sandbox()).moderated) == (0, 100.0)


def test_the_median_and_the_slow_one_in_twenty(designer: User, team: Team):
    for taken in range(1, 21):
        answered(designer, team, 1, seconds=taken)
    found = score(sandbox())
    assert (found.median, found.slowest) == (10.5, 19.0)


def test_too_few_say_nothing(designer: User, team: Team):
    answered(designer, team, 2)
    found = score(sandbox())
    assert (found.succeeded, found.median, found.slowest, found.each) == (None,) * 4


def test_older_than_a_week_is_forgotten(designer: User, team: Team):
    answered(designer, team, 5, age=timedelta(days=8))
    assert score(sandbox()).read == 0


def test_no_more_than_the_newest_are_read(designer: User, team: Team, monkeypatch):
    monkeypatch.setattr(scorecard, "MOST", 4)
    answered(designer, team, 3, outcome=Outcome.UNKNOWN, trouble={"sentence": faults.CUT_OFF.sentence}, age=timedelta(hours=3))
    answered(designer, team, 4)
    found = score(sandbox())
    assert (found.read, found.good, found.bad, found.capped) == (4, 4, 0, True)


def test_hours_show_when_it_went_wrong(designer: User, team: Team):
    answered(designer, team, 3, age=timedelta(hours=2))
    answered(designer, team, 1, age=timedelta(hours=2), outcome=Outcome.UNKNOWN, trouble={"sentence": faults.CUT_OFF.sentence})
    hours = score(sandbox()).hours
    assert [(place, hour.good, hour.bad) for place, hour in enumerate(hours) if hour.count] == [(21, 3, 1)]


def test_promises_and_the_real_price_of_an_image_are_what_was_summed_up(designer: User, team: Team):
    day = timezone.localdate()
    usual: dict[str, Any] = {"team": team, "user": designer, "engine": "apimart/seedream-4.0", "account": sandbox()}
    Tally.objects.create(day=day, delivered=8, broken=2, spent=400_000, **usual)
    Tally.objects.create(day=day - timedelta(days=9), delivered=100, broken=100, spent=1, **usual)
    found = score(sandbox())
    assert (found.promises, found.each) == (75.0, 50_000)


@pytest.mark.parametrize(("share", "text"), [(100.0, "100\xa0%"), (99.97, "99.9\xa0%"), (96.1, "96.1\xa0%"), (None, "–")])
def test_nearly_all_is_not_all(share: float | None, text: str):
    assert percent(share) == text


def test_twice_the_requests_take_the_same_questions(designer: User, team: Team, owner: User):
    client = client_of(owner)

    def questions() -> int:
        scorecard.cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/administration/").status_code == 200
        return len(asked)

    answered(designer, team, 4)
    questions()  # what is asked once for a process
    few = questions()
    answered(designer, team, 12)
    assert questions() == few
    assert few <= 30


def test_the_newest_are_found_by_an_index():
    rows = scorecard.Attempt.objects.filter(account=1, answered_at__gt=timezone.now()).order_by("-answered_at")[:10]
    plan = rows.values("pk").explain()
    assert "attempt_health" in plan or connection.vendor == "postgresql"


# --- in words ---


def shown(owner: User) -> str:
    return client_of(owner).get("/administration/").content.decode()


def test_an_account_that_works_says_so(owner: User):
    sandbox()
    assert "Working" in shown(owner)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"paused": gate.PAUSED}, "was paused by an administrator"),
        ({"closed_until": timedelta(seconds=50)}, "Resting until"),
        ({"wait_until": timedelta(seconds=50)}, "Resting until"),
        ({"closed_until": timedelta(seconds=-50)}, "Trying again"),
    ],
)
def test_an_account_that_rests_says_why(changes: dict[str, Any], word: str, owner: User):
    now = timezone.now()
    moments = {name: now + value if isinstance(value, timedelta) else value for name, value in changes.items()}
    Gate.objects.create(account=sandbox(), **moments)
    assert word in shown(owner)


def test_one_that_is_off_is_off(owner: User):
    account = sandbox()
    account.enabled = False
    account.save()
    page = shown(owner)
    assert "Off" in page
    assert "Switch on" in page


def test_what_is_in_flight_stands_beside_its_limit(designer: User, team: Team, owner: User):
    answered(designer, team, 2, status=Status.WAITING, outcome=Outcome.ACCEPTED)
    assert "2 of 4" in shown(owner)
