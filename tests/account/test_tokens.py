import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone

from generations import tokens
from generations.account import forms
from generations.models import JournalLine, Membership, Role, Scope, Team, Token, User
from generations.web import programs
from generations.web.confirm import FRESH
from tests.cast import PASSWORD, client_of
from tests.made import sandbox
from tests.tokens.given import given

pytestmark = pytest.mark.django_db

PAGE = "/account/tokens/"
FORM = {"name": "Poster script", "scopes": ["generate", "read"], "days": "90", "per_minute": "60"}


def make(user: User, **changes: Any) -> HttpResponse:
    return client_of(user).post(PAGE, {**FORM, "uid": str(uuid4()), **changes})


def shown(answer: HttpResponse) -> str:
    return re.findall(r'id="token" value="([\w-]+)"', answer.content.decode())[0]


def test_one_is_made_and_shown_once(designer: User, team: Team):
    text = shown(make(designer))
    token = tokens.find(text)
    assert token == Token.objects.get()
    assert (token.user, token.team, token.name, token.scopes, token.per_minute) == (
        designer,
        team,
        "Poster script",
        ["generate", "read"],
        60,
    )
    assert token.expires_at is not None
    assert abs(token.expires_at - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)
    page = client_of(designer).get(PAGE).content.decode()
    assert token.begins in page
    assert text not in page
    assert JournalLine.objects.get(deed="token.add").actor == designer.pk


def test_who_signed_in_a_while_ago_confirms_it_and_loses_nothing_of_the_form(designer: User):
    client = client_of(designer, ago=FRESH + 1)
    answer = client.post(PAGE, {**FORM, "uid": str(uuid4())})
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    client.post(answer["Location"], {"password": "wrong"})
    assert not Token.objects.exists()
    confirmed = client.post(answer["Location"], {"password": PASSWORD})
    assert "no-store" in confirmed["Cache-Control"]
    token = Token.objects.get()
    assert tokens.find(shown(confirmed)) == token
    assert (token.name, token.scopes, token.per_minute) == ("Poster script", ["generate", "read"], 60)
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == PAGE
    assert Token.objects.count() == 1


def test_looking_at_them_needs_no_password(designer: User):
    assert client_of(designer, ago=FRESH + 1).get(PAGE).status_code == 200


def test_the_page_with_its_text_is_kept_nowhere(designer: User):
    assert "no-store" in make(designer)["Cache-Control"]


def test_a_page_that_is_loaded_again_makes_no_second_one(designer: User):
    uid = str(uuid4())
    text, again = shown(make(designer, uid=uid)), make(designer, uid=uid)
    assert (again.status_code, again["Location"]) == (302, PAGE)
    assert Token.objects.count() == 1
    assert tokens.find(text) is not None


def test_the_lines_beside_it_work_as_they_stand(designer: User, team: Team):
    sandbox("gateway/seedream-4.5")
    Team.objects.filter(pk=team.pk).update(engines=["gateway/seedream-4.5"])
    answer = make(designer)
    page = answer.content.decode().replace("&quot;", '"').replace("&#x27;", "'")
    assert 'value="http://testserver/v1"' in page
    assert f"Authorization: Bearer {shown(answer)}" in page
    assert f'OpenAI(base_url="http://testserver/v1", api_key="{shown(answer)}")' in page
    assert '"model": "seedream-4.5"' in page


def test_behind_a_public_address_that_is_the_one(designer: User, settings: Any):
    settings.PUBLIC_URL = "https://studio.example.com"
    assert 'value="https://studio.example.com/v1"' in client_of(designer).get(PAGE).content.decode()


@pytest.mark.parametrize(("days", "lasts"), [("30", 30), ("365", 365), ("", None)])
def test_how_long_it_works(days: str, lasts: int | None, designer: User):
    make(designer, days=days)
    ends = Token.objects.get().expires_at
    assert (ends and round((ends - timezone.now()) / timedelta(days=1))) == lasts


def test_what_does_not_fit_makes_none(designer: User):
    for changes in [
        {"name": " "},
        {"name": "x" * 61},
        {"name": "a\x00b"},
        {"scopes": []},
        {"scopes": ["review"]},
        {"scopes": ["generate", "everything"]},
        {"days": "1000"},
        {"days": "-1"},
        {"per_minute": "0"},
        {"per_minute": "6001"},
        {"per_minute": "10" * 40},
        {"per_minute": "NaN"},
        {"uid": "x"},
    ]:
        assert make(designer, **changes).status_code == 422, changes
        assert not Token.objects.exists(), changes


def test_only_what_the_role_reaches_is_offered(viewer: User, reviewer: User):
    for user, offered in ((viewer, ["read"]), (reviewer, ["generate", "read", "review"])):
        page = client_of(user).get(PAGE).content.decode()
        assert re.findall(r'name="scopes" value="(\w+)"', page) == offered


def test_there_is_an_end_to_how_many_work_at_once(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "MOST", 2)
    given(designer, team, lasts=timedelta(days=-1))
    assert [make(designer).status_code for _each in range(3)] == [200, 200, 422]


def test_one_sees_and_revokes_ones_own_and_no_others(designer: User, admin: User, team: Team, other_team: Team):
    mine, theirs = given(designer, team, name="Mine")[0], given(admin, team, name="Theirs")[0]
    Membership.objects.create(user=designer, team=other_team, role=Role.ADMIN)
    elsewhere = given(designer, other_team, name="Elsewhere")[0]
    client = client_of(designer)
    page = client.get(PAGE).content.decode()
    assert ("Mine" in page, "Theirs" in page, "Elsewhere" in page) == (True, False, False)
    answers = [client.post(f"{PAGE}{token.uid}/revoke/").status_code for token in (mine, theirs, elsewhere)]
    assert answers == [302, 404, 404]
    assert list(Token.objects.alive().order_by("pk")) == [theirs, elsewhere]
    assert JournalLine.objects.get(deed="token.revoke").actor == designer.pk


def test_revoking_twice_says_the_same(designer: User, team: Team):
    token = given(designer, team)[0]
    for _each in range(2):
        answer = client_of(designer).post(f"{PAGE}{token.uid}/revoke/", follow=True)
        assert [str(said) for said in answer.context["messages"]] == ["The token “Poster script” does not work any more."]
    assert JournalLine.objects.filter(deed="token.revoke").count() == 1


def test_the_list_goes_on(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "PAGE", 2)
    names = [f"Number {count}" for count in range(5)]
    for name in names:
        given(designer, team, Scope.READ, name=name)
    client, path, found = client_of(designer), PAGE, []
    while path:
        page = client.get(path).content.decode()
        found += re.findall(r'<b class="strong">([^<]+)', page)
        older = re.search(r'href="(\?before=\d+)"', page)
        path = older and PAGE + older[1]
    assert found == names[::-1]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "１"])
def test_an_odd_page_is_the_first(before: str, designer: User, team: Team):
    given(designer, team, name="Mine")
    assert "Mine" in client_of(designer).get(PAGE, {"before": before}).content.decode()


def test_twice_the_tokens_take_the_same_questions(designer: User, team: Team, django_assert_num_queries: Any):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(designer)
    counts = []
    for count in (3, 6):
        for _each in range(count):
            given(designer, team)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_people_call_their_programs_is_only_text(designer: User):
    page = make(designer, name="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_the_account_page_leads_there(designer: User):
    assert f'href="{PAGE}"' in client_of(designer).get("/account/").content.decode()
