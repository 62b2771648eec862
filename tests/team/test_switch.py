import pytest

from generations.models import Role, Team, User
from generations.people import add_member
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_one_works_where_one_came_in_first(designer: User, other_team: Team):
    add_member(designer, other_team, Role.VIEWER)
    assert "Studio North" in client_of(designer).get("/").content.decode()


def test_a_chosen_team_stays_chosen(designer: User, other_team: Team):
    add_member(designer, other_team, Role.VIEWER)
    client_of(designer).post("/team/switch/", {"team": "south"})
    assert "<h1>Studio South</h1>" in client_of(designer).get("/team/").content.decode()


@pytest.mark.parametrize("slug", ["south", "none", "", "north\x00"])
def test_a_foreign_team_is_not_there(slug: str, designer: User, stranger: User):
    assert client_of(designer).post("/team/switch/", {"team": slug}).status_code == 404


def test_leaving_the_chosen_team_falls_back_to_another(designer: User, other_team: Team):
    add_member(designer, other_team, Role.VIEWER)
    client_of(designer).post("/team/switch/", {"team": "south"})
    other_team.memberships.all().delete()
    assert "<h1>Studio North</h1>" in client_of(designer).get("/team/").content.decode()


LADDER = [("viewer", "designer", False), ("designer", "designer", True), ("admin", "reviewer", True)]


@pytest.mark.parametrize(("role", "needed", "may"), LADDER)
def test_a_role_covers_the_ones_before_it(role: str, needed: str, may: bool):
    assert Role(role).covers(Role(needed)) is may
