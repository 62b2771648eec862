"""Every door for scripts, with every method, by everybody's tokens."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from generations.models import Scope, Team, User
from generations.people import add_person
from tests.cast import client_of
from tests.isolation.doors import DOORS, EITHER, GENERATE, NOTHING
from tests.isolation.test_matrix import GUARDS, METHODS
from tests.isolation.things import state
from tests.tokens.given import bearer, given

pytestmark = pytest.mark.django_db


def call(name: str, method: str = "", **headers: str) -> HttpResponse:
    drop = DOORS[name]
    body = {} if (method or drop.does) == "GET" else {"data": b"{}", "content_type": "application/json"}
    return Client().generic(method or drop.does, reverse(name, kwargs=drop.fixed), **body, **headers)


def said(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer["Content-Type"].partition(";")[0]


def test_a_session_opens_no_door(found: dict[str, Any], owner: User):
    client, before = client_of(owner), state()
    for name, drop in DOORS.items():
        answer = client.generic(drop.does, reverse(name, kwargs=drop.fixed))
        assert said(answer) == (401, "application/json"), name
        assert set(answer.headers) >= GUARDS
    assert state() == before


def test_a_session_of_somebody_without_a_team_gets_no_page_either(db: None):
    client = Client()
    client.force_login(add_person("lonely@example.com", "Lou Lonely"))
    for name, drop in DOORS.items():
        assert said(client.generic(drop.does, reverse(name, kwargs=drop.fixed))) == (401, "application/json"), name


def test_a_token_does_what_it_was_made_for(found: dict[str, Any], admin: User, team: Team):
    for scopes in ([Scope.REVIEW], [Scope.READ, Scope.REVIEW]):
        token = bearer(given(admin, team, *scopes)[1])
        for name in [name for name, drop in DOORS.items() if not drop.needs & set(scopes)]:
            assert said(call(name, **token)) == (403, "application/json"), name


def test_a_viewers_token_makes_nothing(found: dict[str, Any], viewer: User, team: Team):
    token, before = bearer(given(viewer, team)[1]), state()
    for name in [name for name, drop in DOORS.items() if drop.needs != EITHER]:
        assert said(call(name, **token)) == (403, "application/json"), name
    assert unused(state()) == unused(before)


def test_a_revoked_token_opens_nothing(found: dict[str, Any], admin: User, team: Team):
    row, text = given(admin, team)
    type(row).objects.filter(pk=row.pk).update(revoked_at=row.created_at)
    for name in DOORS:
        assert said(call(name, **bearer(text))) == (401, "application/json"), name


def test_another_method_does_nothing_and_is_no_page(found: dict[str, Any], admin: User, team: Team):
    token = bearer(given(admin, team, GENERATE)[1])
    for name, drop in DOORS.items():
        for method in {*METHODS, "OPTIONS"} - {drop.does, "HEAD"}:
            assert said(call(name, method, **token)) == (405, "application/json"), (name, method)


def test_what_is_not_there_is_no_page(found: dict[str, Any], owner: User):
    for path in ("/v1/", "/v1/chat/completions", "/v1/a%0ab", "/compat/", "/compat/x", "/compat/ark/v3", "/compat/apimart/x"):
        for method in ("GET", "POST", "DELETE"):
            assert said(client_of(owner).generic(method, path)) == (404, "application/json"), path


def test_neither_is_a_name_that_is_not_ours(settings: Any):
    settings.ALLOWED_HOSTS = ["studio.example.com"]
    assert said(Client().post("/v1/images/generations", headers={"host": "evil.example.com"})) == (400, "application/json")


def test_every_name_is_one():
    assert not NOTHING & set(DOORS)


def unused(rows: dict[str, Any]) -> dict[str, Any]:
    """A token remembers that it was used."""
    return {name: found for name, found in rows.items() if "oken" not in name}
