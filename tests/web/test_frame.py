import re

import pytest
from django.test import Client

from generations.models import Membership, Role, Team, User
from tests.cast import client_of

pytestmark = pytest.mark.django_db

PLACES = ["/", "/gallery/", "/collections/", "/review/", "/usage/", "/team/", "/account/"]


@pytest.mark.parametrize("path", PLACES)
def test_every_place_opens_for_a_member(path: str, viewer: User):
    assert client_of(viewer).get(path).status_code == 200


@pytest.mark.parametrize("path", [*PLACES, "/administration/", "/django-admin/"])
def test_a_visitor_is_asked_to_sign_in(path: str):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("path", PLACES)
def test_twice_the_members_cost_no_more_queries(path: str, admin: User, team: Team, django_assert_max_num_queries):
    client = client_of(admin)
    client.get(path)
    with django_assert_max_num_queries(16) as first:  # four of them for the badges of the rail
        client.get(path)
    for n in range(10):
        Membership.objects.create(team=team, user=User.objects.create_user(f"more-{n}@example.com"), role=Role.VIEWER)
    with django_assert_max_num_queries(len(first)):
        client.get(path)


WHERE = {
    "/": ["Create"],
    "/gallery/?q=kite": ["Gallery"],
    "/gallery/trash/": ["Gallery"],
    "/review/": ["Review"],
    "/usage/": ["Usage"],
    "/collections/": ["Collections", "More"],  # a phone has it under “More”
    "/administration/": ["Admin", "More"],
    "/administration/people/": ["Admin", "More"],
    "/notices/": ["Messages", "More"],
    "/team/policies/": ["Team", "More"],
    "/links/": ["Team", "More"],
    "/account/2fa/": ["OO Olga Owner, account", "More"],
    "/no-such-place/": [],
}


@pytest.mark.parametrize(("path", "marked"), WHERE.items())
def test_the_rail_marks_where_one_is(path: str, marked: list[str], owner: User):
    rail = client_of(owner).get(path).content.decode().partition('<nav class="rail"')[2].partition("</nav>")[0]
    found = re.findall(r'(?s)<(a|button)\b[^>]* aria-current="\w+"[^>]*>(.*?)</\1>', rail)
    assert [" ".join(re.sub("<[^>]*>", " ", inside).split()) for _name, inside in found] == marked


def test_only_site_administrators_see_their_place(designer: User, owner: User):
    assert "/administration/" not in client_of(designer).get("/").content.decode()
    assert "/administration/" in client_of(owner).get("/").content.decode()


def test_somebody_in_no_team_is_told_what_to_do(designer: User, team: Team):
    team.memberships.all().delete()
    answer = client_of(designer).get("/gallery/")
    assert answer.status_code == 403
    assert "You are in no team" in answer.content.decode()
    assert client_of(designer).get("/account/").status_code == 200


def test_a_disabled_person_is_out_at_once(designer: User):
    client = client_of(designer)
    User.objects.filter(pk=designer.pk).update(is_active=False)
    assert client.get("/").status_code == 302
