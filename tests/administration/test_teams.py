"""Teams as those who hold the money see them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generations.administration import keyed
from generations.catalogue import ENGINES
from generations.models import Budget, JournalLine, Membership, Purse, Role, Team, User
from generations.models.money import this_month
from generations.offers import Offer
from generations.pipeline.start import Order, Refused, start
from tests.cast import client_of, person
from tests.made import ENGINE, asked, sandbox

pytestmark = pytest.mark.django_db

TEAMS = "/administration/teams/"


def page(user: User, path: str = TEAMS) -> str:
    answer = client_of(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_team_is_added_and_journalled(owner: User):
    client_of(owner).post(TEAMS, {"name": "Studio West"})
    team = Team.objects.get(name="Studio West")
    assert team.slug == "studio-west"
    assert JournalLine.objects.filter(deed="team.add", subject=f"team/{team.pk}", actor=owner.pk).exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\0b"])
def test_a_name_that_is_none_is_refused(name: str, owner: User):
    count = Team.objects.count()
    assert client_of(owner).post(TEAMS, {"name": name}).status_code == 422
    assert Team.objects.count() == count


def test_a_team_is_renamed_and_keeps_its_address(owner: User, team: Team):
    client_of(owner).post(f"{TEAMS}{team.pk}/", {"name": "Studio Polar"})
    team.refresh_from_db()
    assert (team.name, team.slug) == ("Studio Polar", "north")


def test_a_list_goes_on_where_the_page_before_it_ended(owner: User, monkeypatch):
    monkeypatch.setattr(keyed, "PAGE", 2)
    for name in ("Alpha", "Beta", "Beta", "Gamma"):
        Team.objects.create(name=name, slug=Team.free_slug(name))
    first = page(owner)
    further = first.partition("?after=")[2].partition('"')[0]
    assert [first.count(f">{name}<") for name in ("Alpha", "Beta", "Gamma")] == [1, 1, 0]
    second = page(owner, f"{TEAMS}?after={further}")
    assert [second.count(f">{name}<") for name in ("Alpha", "Beta", "Gamma")] == [0, 1, 1]


def test_twice_the_teams_take_the_same_questions(owner: User, team: Team):
    client = client_of(owner)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(TEAMS)
        return len(asked)

    few = questions()
    for number in range(8):
        other = Team.objects.create(name=f"Team {number}", slug=f"team-{number}")
        Purse.objects.create(team=other, month=this_month(), spent=5)
        Budget.objects.create(team=other, hard=9)
    assert questions() == few


# --- money ---


def test_a_budget_is_set_and_counts(owner: User, team: Team):
    client_of(owner).post(f"{TEAMS}{team.pk}/budget/", {"soft": "12.5", "hard": "$20"})
    budget = Budget.objects.get(team=team, user=None)
    assert (budget.soft, budget.hard) == (12_500_000, 20_000_000)
    assert JournalLine.objects.get(deed="budget.change").details == {
        "soft": 12_500_000,
        "hard": 20_000_000,
        "was_soft": None,
        "was_hard": None,
    }


def test_the_later_of_two_administrators_is_told(owner: User, team: Team):
    path = f"{TEAMS}{team.pk}/budget/"
    client_of(owner).post(path, {"soft": "", "hard": "20", "seen": "/"})
    answer = client_of(owner).post(path, {"soft": "", "hard": "30", "seen": "/"})
    told = answer.content.decode()
    assert (answer.status_code, Budget.objects.get().hard) == (409, 20_000_000)
    assert "Somebody has changed the budget of Studio North meanwhile." in told
    assert 'name="seen" value="/20.00"' in told
    assert client_of(owner).post(path, {"soft": "", "hard": "30", "seen": "/20.00"}).status_code == 302


@pytest.mark.parametrize(
    ("soft", "hard", "sentence"),
    [("ten", "20", "is no amount of money"), ("-1", "", "is no amount"), ("30", "20", "would never come"), ("", "1e9", "is no amount")],
)
def test_a_bad_figure_is_told_and_nothing_is_written(soft: str, hard: str, sentence: str, owner: User, team: Team):
    answer = client_of(owner).post(f"{TEAMS}{team.pk}/budget/", {"soft": soft, "hard": hard})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (soft or hard) in answer.content.decode()
    assert not Budget.objects.exists()


def test_what_was_spent_this_month_stands_beside_the_limit(owner: User, team: Team):
    Purse.objects.create(team=team, month=this_month(), spent=3_200_000, held=100_000)
    Budget.objects.create(team=team, hard=5_000_000)
    told = page(owner)
    for figure in ("$3.20", "$0.10", "$5.00"):
        assert figure in told


# --- closing ---


def test_a_closed_team_starts_nothing_new_until_it_is_opened(owner: User, designer: User, team: Team):
    client_of(owner).post(f"{TEAMS}{team.pk}/close/", {"closed": "on"})
    team.refresh_from_db()
    assert team.closed_at
    with pytest.raises(Refused, match="closed"):
        start_one(designer, team)
    client_of(owner).post(f"{TEAMS}{team.pk}/close/", {"closed": "off"})
    team.refresh_from_db()
    start_one(designer, team)


def start_one(user: User, team: Team) -> None:
    start(Order(user, team, asked(), Offer(ENGINES[ENGINE], sandbox(), 0), uuid4()))


def test_closing_twice_is_one_deed(owner: User, team: Team):
    for _click in range(2):
        client_of(owner).post(f"{TEAMS}{team.pk}/close/", {"closed": "on"})
    assert JournalLine.objects.filter(deed="team.change").count() == 1


# --- members ---


def test_somebody_is_added_with_a_role(owner: User, stranger: User, team: Team):
    client_of(owner).post(f"{TEAMS}{team.pk}/add/", {"email": "SAM@example.com", "role": "reviewer"})
    assert Membership.objects.get(user=stranger, team=team).role == Role.REVIEWER


@pytest.mark.parametrize(
    ("email", "sentence"), [("nobody@example.com", "has no account here"), ("dana@example.com", "is in Studio North already")]
)
def test_only_who_is_here_and_not_in_it_can_be_added(email: str, sentence: str, owner: User, designer: User, team: Team):
    answer = client_of(owner).post(f"{TEAMS}{team.pk}/add/", {"email": email, "role": "admin"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Membership.objects.get(user=designer).role == Role.DESIGNER


def test_a_role_is_changed_and_somebody_is_taken_out(owner: User, designer: User, team: Team):
    member = designer.memberships.get()
    client_of(owner).post(f"/administration/members/{member.pk}/", {"role": "reviewer"})
    member.refresh_from_db()
    assert member.role == Role.REVIEWER
    client_of(owner).post(f"/administration/members/{member.pk}/", {"remove": "on"})
    assert not designer.memberships.exists()


@pytest.mark.parametrize("role", ["", "desinger", "ADMIN"])
def test_a_role_that_is_none_takes_nobody_out(role: str, owner: User, designer: User):
    member = designer.memberships.get()
    answer = client_of(owner).post(f"/administration/members/{member.pk}/", {"role": role})
    assert (answer.status_code, "There is no such role." in answer.content.decode()) == (422, True)
    assert designer.memberships.get().role == Role.DESIGNER


def test_before_somebody_is_taken_out_it_says_what_that_does(owner: User, designer: User, team: Team):
    told = page(owner, f"/administration/members/{designer.memberships.get().pk}/")
    assert "Remove Dana Designer from Studio North?" in told
    assert f'href="{TEAMS}{team.pk}/"' in told
    assert designer.memberships.exists()


def test_a_team_keeps_one_administrator(owner: User, other_team: Team):
    only = person("Tom Only", other_team, Role.ADMIN).memberships.get()
    for given in ({"role": "viewer"}, {"remove": "on"}):
        told = client_of(owner).post(f"/administration/members/{only.pk}/", given, follow=True).content.decode()
        assert "would be left without an administrator" in told
    only.refresh_from_db()
    assert only.role == Role.ADMIN


def test_many_members_are_paged(owner: User, team: Team, monkeypatch):
    monkeypatch.setattr(keyed, "PAGE", 2)
    for name in ("Ann", "Ben", "Cem"):
        person(f"{name} Early", team, Role.VIEWER)
    first = page(owner, f"{TEAMS}{team.pk}/")
    assert "Ann Early" in first
    assert "Cem Early" not in first
    further = first.partition("?after=")[2].partition('"')[0]
    assert "Cem Early" in page(owner, f"{TEAMS}{team.pk}/?after={further}")
