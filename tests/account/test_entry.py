from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from generations.account import entry
from generations.models import Invitation, Role, Team, User
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
GIVEN = {"team": "Northlight", "name": "Mei Lin", "email": "Mei@Example.com", "password": PASSWORD}


def set_up_link() -> str:
    return f"/set-up/{Invitation.write(None, '', Role.ADMIN, None, DAY)[1]}/"


def join_link(team: Team, email: str = "new@example.com", role: Role = Role.REVIEWER) -> str:
    return f"/join/{Invitation.write(team, email, role, None, DAY)[1]}/"


def test_the_set_up_link_makes_the_administrator_and_the_first_team():
    client = Client()
    answer = client.post(set_up_link(), GIVEN, follow=True)
    user = User.objects.get()
    assert (user.email, user.is_superuser) == ("mei@example.com", True)
    assert user.memberships.get().may(Role.ADMIN)
    assert "Welcome, Mei Lin" in answer.content.decode()


def test_the_set_up_link_works_once():
    link = set_up_link()
    Client().post(link, GIVEN)
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "no longer works" in answer.content.decode()


def test_the_set_up_link_is_dead_once_there_is_an_administrator(owner: User):
    assert Client().get(set_up_link()).status_code == 410


def test_a_newer_set_up_link_replaces_the_older():
    old = set_up_link()
    assert Client().get(set_up_link()).status_code == 200
    assert Client().get(old).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "password1234"}, "too common"),
        ({"email": "nonsense"}, "valid email"),
        ({"name": "  "}, "required"),
        ({"team": "x" * 61}, "at most 60"),
        ({"name": "a\x00b"}, "Null characters"),
    ],
)
def test_the_set_up_page_says_what_is_wrong_and_keeps_the_rest(wrong: dict[str, str], sentence: str):
    answer = Client().post(set_up_link(), GIVEN | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Mei@Example.com" in answer.content.decode() or "email" in wrong
    assert not User.objects.exists()


def test_an_invitation_lets_a_new_person_in_with_its_role(team: Team):
    answer = Client().post(join_link(team), {"name": "Noor", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    user = User.objects.get(email="new@example.com")
    assert user.memberships.get().role == Role.REVIEWER
    assert not user.is_staff


def test_an_invitation_cannot_be_turned_to_another_address(team: Team):
    Client().post(join_link(team), {"name": "Noor", "password": PASSWORD, "email": "other@example.com", "role": "admin"})
    assert list(User.objects.values_list("email", flat=True)) == ["new@example.com"]


def test_an_invitation_works_once(team: Team):
    link = join_link(team)
    Client().post(link, {"name": "Noor", "password": PASSWORD})
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize("field", ["expires_at", "withdrawn_at"])
def test_an_old_or_withdrawn_invitation_is_dead(field: str, team: Team):
    link = join_link(team)
    Invitation.objects.update(**{field: timezone.now() - DAY})
    assert Client().post(link, {"name": "Noor", "password": PASSWORD}).status_code == 410
    assert not User.objects.exists()


def test_a_made_up_link_looks_like_a_used_one():
    assert Client().get("/join/made-up/").status_code == 410


def test_somebody_known_signs_in_and_then_joins(team: Team, stranger: User):
    link = join_link(team, stranger.email)
    assert "Sign in with it" in Client().get(link).content.decode()
    client_of(stranger).post(link)
    assert set(stranger.teams.values_list("slug", flat=True)) == {"north", "south"}


def test_an_invitation_is_not_for_whoever_happens_to_be_signed_in(team: Team, stranger: User, designer: User):
    link = join_link(team, designer.email)
    client_of(stranger).post(link)
    assert not stranger.teams.filter(slug="north").exists()


def test_the_token_itself_is_kept_nowhere(team: Team):
    token = Invitation.write(team, "new@example.com", Role.VIEWER, None, DAY)[1]
    assert token not in str(list(Invitation.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_of_ten_people_with_one_link_one_gets_in():
    link = set_up_link()
    answers: list[int] = []

    def come(n: int) -> None:
        answers.append(Client().post(link, GIVEN | {"email": f"p{n}@example.com"}).status_code)
        connection.close()

    rush = [Thread(target=come, args=[n]) for n in range(10)]
    [one.start() for one in rush]
    [one.join() for one in rush]
    assert sorted(answers) == [302] + [410] * 9
    assert User.objects.count() == Team.objects.count() == 1


def twice(link: str, given: dict[str, str], deed: str, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of two equal forms that arrive together: which of them ends signed in."""
    both, inside, done = Barrier(2), [], getattr(entry, deed)

    def together(*words: object) -> User:
        both.wait(60)  # neither has made the account when the other begins to
        return done(*words)

    def come() -> None:
        client = Client()
        client.post(link, given)
        inside.append("_auth_user_id" in client.session)
        connection.close()

    monkeypatch.setattr(entry, deed, together)
    clicks = [Thread(target=come) for _click in range(2)]
    [one.start() for one in clicks]
    [one.join() for one in clicks]
    return inside


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_the_studio_once_and_both_come_in(monkeypatch: pytest.MonkeyPatch):
    assert twice(set_up_link(), GIVEN, "found_studio", monkeypatch) == [True, True]
    assert User.objects.count() == Team.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_joins_the_team_once_and_both_come_in(team: Team, monkeypatch: pytest.MonkeyPatch):
    assert twice(join_link(team), {"name": "Noor", "password": PASSWORD}, "join_new", monkeypatch) == [True, True]
    assert team.memberships.count() == 1


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 302), ("another-password-than-that", 410)])
def test_a_second_click_that_comes_late_needs_the_password(password: str, status: int, team: Team):
    link = join_link(team)
    Client().post(link, {"name": "Noor", "password": PASSWORD})
    assert Client().post(link, {"name": "Noor", "password": password}).status_code == status


def test_passwords_are_not_tried_at_a_used_link():
    link = set_up_link()
    Client().post(link, GIVEN)
    for _try in range(6):
        Client().post(link, GIVEN | {"password": "another-password-than-that"})
    assert Client().post(link, GIVEN).status_code == 410


@pytest.mark.parametrize(("invited", "role"), [(Role.VIEWER, Role.REVIEWER), (Role.ADMIN, Role.ADMIN)])
def test_an_old_link_takes_no_role_away(invited: Role, role: Role, reviewer: User, team: Team):
    client_of(reviewer).post(join_link(team, reviewer.email, invited))
    assert reviewer.memberships.get().role == role
