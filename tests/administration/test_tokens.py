"""Programs of a person: seen and ended by site administrators, and ended with the person's own ways in."""

import re

import pytest

from generations.models import JournalLine, Team, Token, User
from generations.web import programs
from tests.cast import client_of
from tests.tokens.given import given

pytestmark = pytest.mark.django_db


def page(by: User, who: User, more: str = "") -> str:
    return client_of(by).get(f"/administration/people/{who.pk}/{more}").content.decode()


def test_those_that_work_are_on_the_page_of_their_person(owner: User, designer: User, team: Team):
    text = given(designer, team, name="Poster script")[1]
    Token.objects.filter(pk=given(designer, team, name="Gone")[0].pk).update(revoked_at="2026-01-01T00:00Z")
    told = page(owner, designer)
    assert ("Poster script" in told, "Gone" in told, text in told) == (True, False, False)


def test_they_go_on(owner: User, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "PAGE", 1)
    for name in ("First", "Second"):
        given(designer, team, name=name)
    (older,) = re.findall(r'href="(\?before=\d+)#tokens"', page(owner, designer))
    assert "First" in page(owner, designer, older)


def test_a_site_administrator_ends_one_of_any_team(owner: User, stranger: User, other_team: Team):
    token = given(stranger, other_team)[0]
    answer = client_of(owner).post(f"/administration/tokens/{token.uid}/revoke/")
    assert answer["Location"] == f"/administration/people/{stranger.pk}/"
    token.refresh_from_db()
    assert (token.alive, token.revoked_by) == (False, owner)


@pytest.mark.parametrize("deed", ["disable", "sign-out"])
def test_whoever_is_shut_out_has_no_programs_any_more(deed: str, owner: User, designer: User, admin: User, team: Team):
    mine, others = given(designer, team)[0], given(admin, team)[0]
    client_of(owner).post(f"/administration/people/{designer.pk}/{deed}/")
    mine.refresh_from_db()
    assert (mine.alive, mine.revoked_by) == (False, owner)
    assert Token.objects.get(pk=others.pk).alive
    assert JournalLine.objects.get(deed="token.revoke").subject == f"token/{mine.pk}"


def test_and_has_none_either_when_let_in_again(owner: User, designer: User, team: Team):
    given(designer, team)
    for deed in ("disable", "enable"):
        client_of(owner).post(f"/administration/people/{designer.pk}/{deed}/")
    assert not Token.objects.alive().exists()


def test_the_raw_record_shows_no_hash(owner: User, designer: User, team: Team):
    token = given(designer, team)[0]
    pages = [client_of(owner).get(f"/django-admin/generations/token/{path}").content.decode() for path in ("", f"{token.pk}/change/")]
    assert token.begins in pages[0]
    assert token.digest not in "".join(pages)
