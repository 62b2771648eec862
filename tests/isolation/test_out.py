"""Whoever may no longer do something is stopped at the next click, not at the next sign-in."""

import pytest
from django.test import Client

from generations import membership
from generations.models import Role, Team, User
from tests.cast import client_of
from tests.isolation.things import things

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(designer: User) -> Client:
    client = client_of(designer)
    assert client.get("/gallery/").status_code == 200
    return client


def test_switched_off(client: Client, designer: User):
    designer.is_active = False
    designer.save()
    assert client.get("/gallery/")["Location"].startswith("/account/login/")


def test_taken_out_of_the_team(client: Client, designer: User, viewer: User, admin: User, team: Team):
    image = things(designer, viewer, team)["image"]
    membership.remove(designer.memberships.get(team=team), by=admin)
    assert client.get(f"/images/{image}/").status_code == 403  # in no team at all
    assert client.get(f"/images/{image}/320.webp").status_code in (403, 404)


def test_in_another_team_by_now(client: Client, designer: User, viewer: User, admin: User, team: Team, other_team: Team):
    image = things(designer, viewer, team)["image"]
    other_team.memberships.create(user=designer, role=Role.DESIGNER)
    membership.remove(designer.memberships.get(team=team), by=admin)
    assert client.get(f"/images/{image}/").status_code == 404
    assert client.get(f"/images/{image}/original").status_code == 404


def test_with_a_lower_role(client: Client, designer: User, admin: User, team: Team):
    membership.change_role(designer.memberships.get(team=team), Role.VIEWER, by=admin)
    assert client.post("/generate/").status_code == 403


def test_with_another_password_elsewhere(client: Client, designer: User):
    designer.set_password("another-lantern-in-the-orchard")
    designer.save()
    assert client.get("/gallery/")["Location"].startswith("/account/login/")
