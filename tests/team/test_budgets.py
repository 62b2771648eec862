import pytest
from django.http import HttpResponse

from generations.models import Budget, JournalLine, Purse, Role, Team, User
from generations.models.money import this_month
from generations.team import page
from tests.cast import client_of, person
from tests.team.pages import field, text

pytestmark = pytest.mark.django_db

MILLION = 1_000_000
HTMX = {"HX-Request": "true"}


def put(by: User, who: User, soft: str = "", hard: str = "", **more: object) -> HttpResponse:
    headers = more.pop("headers", {})
    return client_of(by).post(f"/team/budgets/{who.memberships.get().pk}/", {"soft": soft, "hard": hard, **more}, headers=headers)


def kept(user: User) -> tuple[int | None, int | None]:
    found = Budget.objects.get(user=user)
    return found.soft, found.hard


def test_a_person_gets_a_budget(admin: User, designer: User, team: Team):
    assert put(admin, designer, "4", "$5.50")["Location"] == "/team/budgets/"
    assert kept(designer) == (4 * MILLION, 5_500_000)
    line = JournalLine.objects.get(deed="budget.change")
    assert (line.subject, line.details["hard"], line.details["was_hard"]) == (f"user/{designer.pk}", 5_500_000, None)


def test_it_shows_what_is_used_and_left(admin: User, designer: User, team: Team):
    Budget.objects.create(team=team, user=designer, soft=MILLION, hard=2 * MILLION)
    Purse.objects.create(team=team, user=designer, month=this_month(), spent=900_000, held=350_000)
    shown = text(client_of(admin).get("/team/budgets/")).partition("Dana Designer")[2]
    assert "$0.90 spent, $0.35 held $0.75" in shown


def test_the_teams_own_budget_is_shown_and_cannot_be_set_here(admin: User, team: Team):
    Budget.objects.create(team=team, soft=30 * MILLION, hard=40 * MILLION)
    Purse.objects.create(team=team, month=this_month(), spent=10 * MILLION, held=2 * MILLION)
    shown = text(client_of(admin).get("/team/budgets/"))
    assert "Spent $10.00 Held $2.00 Left $28.00 Warning above $30.00 Stops at $40.00" in shown
    assert "set by site administrators" in shown


@pytest.mark.parametrize(
    ("soft", "hard", "sentence"),
    [
        ("lots", "", "“lots” is no amount of money."),
        ("", "1,000", "“1,000” is no amount of money."),
        ("6", "5", "The warning is above the limit"),
        ("", "9999999", "is too much: at most $1,000,000.00."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_figures_are_told_and_stay(soft: str, hard: str, sentence: str, headers: dict, admin: User, designer: User):
    answer = put(admin, designer, soft, hard, headers=headers)
    assert (answer.status_code, Budget.objects.exists()) == (422, False)
    assert sentence in text(answer)
    assert (field(answer, "soft"), field(answer, "hard")) == (soft, hard)


def test_the_later_of_two_is_told(admin: User, designer: User):
    put(admin, designer, hard="5")
    answer = put(admin, designer, hard="9", seen="/")
    assert (answer.status_code, kept(designer)) == (409, (None, 5 * MILLION))
    assert "Somebody has changed the budget of Dana Designer meanwhile." in text(answer)
    assert put(admin, designer, hard="9", seen="/5.00").status_code == 302


def test_what_stays_as_it_is_is_not_written_down(admin: User, designer: User):
    for _click in range(2):
        put(admin, designer, hard="5")
    assert JournalLine.objects.filter(deed="budget.change").count() == 1


def test_with_a_new_figure_the_warning_is_due_again(admin: User, designer: User, team: Team):
    Budget.objects.create(team=team, user=designer, hard=MILLION, told=80, told_month=this_month())
    put(admin, designer, hard="5")
    assert Budget.objects.values_list("told", "told_month").get() == (0, None)


def test_empty_means_no_limit(admin: User, designer: User):
    put(admin, designer, hard="5")
    put(admin, designer)
    assert kept(designer) == (None, None)


def test_with_htmx_the_row_comes_back(admin: User, designer: User):
    answer = put(admin, designer, hard="5", headers=HTMX)
    assert "Dana Designer may spend $5.00 a month." in text(answer)
    assert "<html" not in answer.content.decode()


def test_somebody_of_another_team_is_not_there(admin: User, stranger: User):
    assert put(admin, stranger, hard="5").status_code == 404


def test_a_designer_sets_none(designer: User):
    assert put(designer, designer, hard="5").status_code == 403
    assert not Budget.objects.exists()


def test_a_large_team_has_pages(admin: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "PAGE", 1)
    person("Bea Second", team, Role.VIEWER)
    first = client_of(admin).get("/team/budgets/").content.decode()
    assert ("Bea Second" in first, f"?after={admin.memberships.get().pk}" in first) == (False, True)
