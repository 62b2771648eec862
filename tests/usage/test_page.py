"""The usage page: whose figures, of which days, and how closely."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.accounting import catch_up
from generations.models import Budget, Image, Role, Status, Team, User
from generations.people import add_member
from generations.usage import periods, tables
from tests.accounting.ledger import FOUR, ended
from tests.cast import client_of, person
from tests.made import asked

pytestmark = pytest.mark.django_db

MILLION = 1_000_000


def page(user: User, query: str = "", status: int = 200) -> str:
    answer = client_of(user).get(f"/usage/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def spent(user: User, team: Team, amount: int = MILLION, **how: object) -> None:
    ended(user, team, stored=4, charged=amount, **how)
    catch_up()


def bodies(told: str) -> str:
    """Without the frame, in which one's own name stands."""
    return told.split("<main", 1)[1].split("</main>")[0]


# --- whose ---


def test_everybody_in_the_team_sees_its_sums(viewer: User, designer: User, team: Team):
    spent(designer, team, 5 * MILLION)
    assert "$5.00" in page(viewer)


@pytest.mark.parametrize("who", ["viewer", "designer"])
def test_who_makes_or_looks_sees_no_other_names(who: str, reviewer: User, team: Team, request: pytest.FixtureRequest):
    spent(reviewer, team)
    told = bodies(page(request.getfixturevalue(who)))
    assert "Rui Reviewer" not in told
    assert "Everybody else" in told


def test_ones_own_line_is_shown(designer: User, reviewer: User, team: Team):
    spent(reviewer, team, 3 * MILLION)
    spent(designer, team, 2 * MILLION)
    told = bodies(page(designer)).split('class="ranks"')[1].split("</ul>")[0]
    assert told.index("You") < told.index("$2.00") < told.index("Everybody else") < told.index("$3.00")


@pytest.mark.parametrize("who", ["reviewer", "admin", "owner"])
def test_who_answers_for_the_work_sees_names(who: str, designer: User, team: Team, request: pytest.FixtureRequest):
    spent(designer, team)
    assert "Dana Designer" in bodies(page(request.getfixturevalue(who)))


def test_a_strangers_team_is_not_there(admin: User, stranger: User, other_team: Team):
    spent(stranger, other_team, 7 * MILLION)
    assert "$7.00" not in page(admin)
    for path in ("", "days.csv", "lines.csv", "dispute.zip"):
        assert client_of(admin).get(f"/usage/{path}?team=south").status_code == 404
        assert client_of(admin).get(f"/usage/{path}?team=none-such").status_code == 404


def test_another_team_of_ones_own_is_seen_with_ones_role_there(designer: User, stranger: User, other_team: Team):
    add_member(designer, other_team, Role.REVIEWER)
    spent(stranger, other_team, 7 * MILLION)
    told = bodies(page(designer, "?team=south"))
    assert "$7.00" in told
    assert "Sam Stranger" in told


def test_all_teams_are_for_site_administrators(designer: User, admin: User, stranger: User, team: Team, other_team: Team, owner: User):
    spent(designer, team, 5 * MILLION)
    spent(stranger, other_team, 7 * MILLION)
    assert "site administrators" in page(admin, "?team=all", 403)
    told = bodies(page(owner, "?team=all"))
    assert all(word in told for word in ["$12.00", "Studio North", "Studio South", "By account"])
    assert "$7.00" in page(owner, "?team=south")


def test_accounts_are_for_site_administrators(designer: User, admin: User, owner: User, team: Team):
    spent(designer, team)
    assert ["By account" in bodies(page(user)) for user in (admin, owner)] == [False, True]


def test_who_is_in_no_team_is_told_so(team: Team):
    lost = person("Lola Lost", team, Role.VIEWER)
    lost.memberships.all().delete()
    assert client_of(lost).get("/usage/").status_code == 403


def test_a_site_administrator_needs_no_team(owner: User):
    owner.memberships.all().delete()
    assert "All teams" in page(owner)


# --- the figures ---


def test_the_figures_are_those_of_the_rows(designer: User, admin: User, team: Team):
    ended(designer, team, stored=4, charged=FOUR)
    ended(designer, team, Status.PARTIAL, stored=3, lost=1, charged=FOUR)
    ended(designer, team, Status.REFUSED, charged=0)
    Image.objects.filter(pk__in=list(Image.objects.exclude(sha256="").values_list("pk", flat=True)[:2])).update(review="approved")
    catch_up()
    told = bodies(page(admin))
    for word in ["$0.22", "3 requests, 1 image missing", "2 approved.", "$0.112", "$0.03", "1 request, ready to dispute", "100.0\u00a0%"]:
        assert word in told, word


def test_budget_and_money_held_are_those_of_now(designer: User, admin: User, team: Team):
    Budget.objects.create(team=team, hard=10 * MILLION)
    spent(designer, team, 4 * MILLION)
    ended(designer, team, Status.UNKNOWN, charged=None)
    told = page(admin)
    assert "of $10.00 a month. Held $0.11, left $5.89" in told
    assert "even pace" in told
    assert 'width="40.0"' in told


def test_ones_own_budget_is_said(designer: User, team: Team):
    Budget.objects.create(team=team, user=designer, hard=3 * MILLION)
    spent(designer, team)
    assert "Of your own budget $2.00 is left" in page(designer)


def test_the_month_before_is_compared(designer: User, team: Team, reviewer: User):
    before = periods.chosen({}).before
    noon = timezone.now().replace(year=before.since.year, month=before.since.month, day=15, hour=12)
    ended(designer, team, stored=4, charged=2 * MILLION, created_at=noon)
    Image.objects.update(review="approved")
    spent(designer, team)
    assert f"{before.label} $0.50" in page(reviewer)
    assert "$2.00" in bodies(page(reviewer, f"?{before.query}"))


def test_it_says_until_when_it_is_counted(designer: User, team: Team):
    ended(designer, team, charged=0)
    assert "Not counted yet" in page(designer)
    catch_up()
    assert "ounted" not in bodies(page(designer))
    ended(designer, team, charged=0)
    assert "Counted at" in page(designer)


def test_a_team_that_has_done_nothing_is_told_what_will_be_here(designer: User):
    assert "Nothing to count in these days" in page(designer)


def test_the_table_gives_the_figures_of_the_chart(designer: User, team: Team):
    for engine, amount in (
        ("apimart/seedream-5.0-lite", 5),
        ("gateway/seedream-4.0", 3),
        ("ark/seedream-4.5", 2),
        ("tensorslab/seedream-4.5", 1),
    ):
        spent(designer, team, amount * MILLION, request=asked(engine=engine, images=4))
    told = page(designer)
    chart, table = told.split('class="chart wide"')[1].split("</svg>")[0], told.split("by-day")[1]
    assert [chart.count(f'class="s{number}"') for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert "total $11.00" in chart
    assert [f">${amount}.00<" in table for amount in (11, 5, 3)] == [True] * 3


# --- which days ---


def test_every_period_can_be_looked_at(designer: User, team: Team):
    spent(designer, team)
    spent(designer, team, created_at=timezone.now() - timedelta(days=40))
    for query in ["", "?period=week", "?period=month", "?period=quarter", "?period=year", "?month=2026-01"]:
        assert "Usage" in page(designer, query), query


def test_what_is_no_period_is_this_month(designer: User):
    for query in ["period=never", "month=2026-13", "month=9999-01", "month=2099-01", "month=%00", "month=2026-1", "period=week%27"]:
        assert client_of(designer).get(f"/usage/?{query}").context["period"] == periods.chosen({}), query


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "since", "until", "before"),
    [
        ("week", date(2026, 11, 14), TODAY, (date(2026, 11, 7), date(2026, 11, 13))),
        ("month", date(2026, 11, 1), date(2026, 11, 30), (date(2026, 10, 1), date(2026, 10, 31))),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31), (date(2026, 7, 1), date(2026, 9, 30))),
        ("year", date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_begins_and_ends(kind: str, since: date, until: date, before: tuple[date, date]):
    period = periods.begun(kind, TODAY, TODAY)
    assert (period.since, period.until, period.last) == (since, until, TODAY)
    assert (period.before.since, period.before.until) == before
    assert len(period.days) == (until - since).days + 1


def test_months_go_back_over_the_new_year():
    found = list(periods.earlier(date(2026, 2, 3)))
    assert [one.since for one in found[:3]] == [date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)]
    assert found[1].until == date(2025, 12, 31)


# --- speed ---


def test_twice_the_requests_take_the_same_queries(designer: User, reviewer: User, admin: User, team: Team):
    client = client_of(admin)

    def queries() -> int:
        client.get("/usage/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/usage/")
        return len(asked)

    for user in (designer, reviewer):
        spent(user, team)
    few = queries()
    for user in (designer, reviewer, admin):
        for days in range(3):
            spent(user, team, created_at=timezone.now() - timedelta(days=days), request=asked(engine="gateway/seedream-4.0", images=4))
    assert queries() == few


def test_held_and_wasted_stand_beside_whoever_it_was(designer: User, admin: User, team: Team):
    ended(designer, team, Status.EXPIRED, charged=MILLION)
    catch_up()
    told = bodies(page(admin))
    assert "$0.00 held, $1.00 spent on nothing" in told
    assert "Spent on nothing" in page(admin)


def test_all_people_can_be_seen(admin: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "SHOWN", 1)
    for name in ("Ann", "Ben", "Cem"):
        spent(person(f"{name} Early", team, Role.DESIGNER), team)
    catch_up()
    first = page(admin)
    assert ("2 others" in first, "Cem Early" in first and "Ben Early" in first, "all=on" in first) == (True, False, True)
    assert "Cem Early" in page(admin, "?all=on")
    assert "Show all" not in page(admin, "?all=on")
