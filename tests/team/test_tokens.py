import re

import pytest

from generations.models import JournalLine, Scope, Team, Token, User
from generations.web import programs
from tests.cast import client_of
from tests.tokens.given import given

pytestmark = pytest.mark.django_db

PAGE = "/team/tokens/"


def test_team_administrators_see_whose_programs_work_here(admin: User, designer: User, reviewer: User, team: Team):
    token, text = given(designer, team, Scope.READ, name="Poster script")
    given(reviewer, team, name="Wall")
    page = client_of(admin).get(PAGE).content.decode()
    for told in ("Poster script", "Wall", "Dana Designer", "Rui Reviewer", token.begins, "never used"):
        assert told in page
    assert text not in page
    assert token.digest not in page


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer"])
def test_nobody_else_does(who: str, request: pytest.FixtureRequest):
    assert client_of(request.getfixturevalue(who)).get(PAGE).status_code == 403


def test_they_end_any_of_them(admin: User, designer: User, team: Team):
    token, _text = given(designer, team)
    assert client_of(admin).post(f"{PAGE}{token.uid}/revoke/").status_code == 302
    token.refresh_from_db()
    assert (token.alive, token.revoked_by) == (False, admin)
    assert JournalLine.objects.get(deed="token.revoke").actor == admin.pk


def test_but_none_of_another_team(stranger: User, designer: User, team: Team):
    token, _text = given(designer, team)
    assert client_of(stranger).post(f"{PAGE}{token.uid}/revoke/").status_code == 404
    assert Token.objects.get().alive


def test_the_list_goes_on(admin: User, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "PAGE", 1)
    for name in ("First", "Second"):
        given(designer, team, name=name)
    page = client_of(admin).get(PAGE).content.decode()
    (older,) = re.findall(r'href="(\?before=\d+)"', page)
    assert "Second" in page
    assert "First" in client_of(admin).get(PAGE + older).content.decode()


def test_before_somebody_is_removed_it_is_said_how_many_end(admin: User, designer: User, team: Team):
    given(designer, team)
    page = client_of(admin).get(f"/team/members/{designer.memberships.get().pk}/remove/").content.decode()
    assert "1 token for programs is revoked." in page


def test_the_pages_of_the_team_lead_there(admin: User):
    assert f'href="{PAGE}"' in client_of(admin).get("/team/").content.decode()
