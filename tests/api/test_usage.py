"""What was spent, and who may know it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import accounting
from generations.models import Team, User
from tests.api.caller import called
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def spent(designer: User, viewer: User, team: Team) -> None:
    for user, charged in ((designer, 70_000), (viewer, 35_000)):
        pictured(made(user, team, charged=charged, price=35_000), charged // 35_000)
    accounting.rebuild()


def usage(client: Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/usage?{query}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_a_teams_sums_are_for_all_its_members(spent: None, viewer: User):
    told = usage(called(viewer))
    assert (told["total"]["spent"]["micro"], told["total"]["delivered"]) == (105_000, 3)
    assert [(one["engine"], one["spent"]["micro"]) for one in told["engines"]] == [("apimart/seedream-5.0-lite", 105_000)]
    assert [one["day"] for one in told["days"]] == [timezone.localdate().isoformat()]


def test_who_spent_what_is_for_reviewers(spent: None, viewer: User, reviewer: User):
    own = {(one["person"] or {}).get("name"): one["spent"]["micro"] for one in usage(called(viewer))["people"]}
    every = {one["person"]["name"]: one["spent"]["micro"] for one in usage(called(reviewer))["people"]}
    assert own == {"Vera Viewer": 35_000, None: 70_000}
    assert every == {"Vera Viewer": 35_000, "Dana Designer": 70_000}


def test_another_teams_are_not_told(spent: None, stranger: User):
    assert usage(called(stranger))["total"]["requests"] == 0


def test_a_period_is_chosen(spent: None, designer: User):
    today, client = timezone.localdate(), called(designer)
    assert usage(client, f"month={today:%Y-%m}")["total"]["requests"] == 2
    assert usage(client, f"since={today}&until={today}")["total"]["requests"] == 2
    before = today - timedelta(days=1)
    assert usage(client, f"since={before}&until={before}")["total"]["requests"] == 0
    assert usage(client, "month=2024-02")["until"] == "2024-02-29"


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "since=2026-02-30", "until=2000-01-01&since=2000-01-02", "since=2020-01-01&until=2026-01-01"]
)
def test_a_period_that_makes_no_sense(designer: User, query: str):
    assert called(designer).get(f"/api/usage?{query}").status_code == 422


def test_twice_the_people_are_the_same_queries(spent: None, reviewer: User, admin: User, designer: User, team: Team):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            usage(called(reviewer))
        return len(caught)

    before = queries()
    for user in (reviewer, admin):
        made(user, team)
    accounting.rebuild()
    assert queries() == before
