"""Every address for programs, with every method, by everybody's tokens, naming what is not theirs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from generations.models import Role, Scope, Team, User
from generations.tokens import NEEDS
from tests.api.caller import called
from tests.cast import client_of, person
from tests.isolation.programs import LISTS, PROGRAMS
from tests.isolation.test_matrix import GUARDS, METHODS, nobodys
from tests.isolation.things import state, things

pytestmark = pytest.mark.django_db

LET_IN = (200, 201, 202, 204, 302, 409, 412, 422)
NAMING = [name for name, door in PROGRAMS.items() if door.names]
GIVEN = [name for name, door in PROGRAMS.items() if door.given]
SEEN_BY_ALL = {"generation", "image", "collection"}  # unless they are private


def call(client: Client, name: str, method: str, found: dict[str, Any]) -> HttpResponse:
    door = PROGRAMS[name]
    path = reverse(name, kwargs=door.fixed | {part: found[kind] for part, kind in door.names.items()})
    given = {part: [str(found[kind])] if part in LISTS else str(found[kind]) for part, kind in door.given.items()}
    if method == "GET":
        return client.get(path)
    return client.generic(method, path, json_of(door.body | given), "application/json")


def json_of(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode() if body else b""


def calls(names: Iterable[str] = PROGRAMS) -> Iterator[tuple[str, str, Scope]]:
    """Each address with each of its methods. One round of all is quicker than a studio for each."""
    for name in names:
        for method, scope in PROGRAMS[name].does.items():
            yield name, method, scope


def test_a_session_opens_no_door(found: dict[str, Any], owner: User):
    clients, before = (Client(), client_of(owner)), state()
    for name, method, _scope in calls():
        for client in clients:
            answer = call(client, name, method, found)
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/json"), name
    assert state() == before


def without(user: User, *scopes: Scope) -> Client:
    return called(user, scopes=tuple(one for one in Scope if one not in scopes))


def test_a_token_does_what_it_was_made_for(found: dict[str, Any], admin: User):
    clients = {scope: without(admin, scope) for scope in Scope}
    neither, before = without(admin, Scope.READ, Scope.GENERATE), state()
    for name, method, scope in calls():
        client = neither if method in PROGRAMS[name].instead else clients[scope]
        answer = call(client, name, method, found)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "missing_scope"), name
    assert unused(state()) == unused(before)


def test_one_that_only_makes_images_does_what_belongs_to_that(found: dict[str, Any], admin: User):
    client = called(admin, scopes=(Scope.GENERATE,))
    for name, method, _scope in calls():
        if method in PROGRAMS[name].instead:
            answer = call(client, name, method, found)
            assert (answer.status_code == 404) if PROGRAMS[name].lent else (answer.status_code in LET_IN), name


def test_a_token_does_what_its_person_may(found: dict[str, Any], viewer: User):
    client, before = called(viewer), state()
    for name, method, scope in calls():
        if NEEDS[scope] != Role.VIEWER:
            answer = call(client, name, method, found)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "missing_role"), name
    assert unused(state()) == unused(before)


def test_what_is_another_teams_is_not_there(found: dict[str, Any], stranger: User):
    client, before = called(stranger), state()
    for name, method, _scope in calls(NAMING):
        foreign, missing = (call(client, name, method, these) for these in (found, nobodys(found)))
        assert (foreign.status_code, missing.status_code) == (404, 404), name
        assert {**foreign.json(), "request_id": ""} == {**missing.json(), "request_id": ""}, name
    assert unused(state()) == unused(before)


def test_what_is_private_is_not_there_for_others_of_the_team(designer: User, viewer: User, team: Team):
    found = things(designer, viewer, team, private=True)
    client = called(person("Rita Reviewer", team, Role.REVIEWER))
    for name, method, _scope in calls([name for name in NAMING if SEEN_BY_ALL & set(PROGRAMS[name].names.values())]):
        assert call(client, name, method, found).status_code == 404, name


def test_what_a_body_names_of_another_team_is_not_touched(found: dict[str, Any], stranger: User):
    client, before = called(stranger), state()
    for name, method, _scope in calls(GIVEN):
        if method != "GET":
            answer = call(client, name, method, found)
            assert answer.status_code in (200, 404, 422), name  # 200: to be checked is no deed
            assert b"terraced" not in answer.content, name  # her prompt
    assert unused(state()) == unused(before)


def test_another_method_does_nothing(found: dict[str, Any], admin: User):
    client, before = called(admin), state()
    for name, door in PROGRAMS.items():
        for method in set(METHODS).difference(door.does):
            assert call(client, name, method, found).status_code == 405, name
    assert unused(state()) == unused(before)


def test_whoever_may_is_let_in(found: dict[str, Any], admin: User):
    client = called(admin)
    for name, method, _scope in calls():
        answer = call(client, name, method, found)
        assert answer.status_code in LET_IN, (name, answer.content)
        assert set(answer.headers) >= GUARDS | {"Cache-Control", "X-Request-ID"}, name


def unused(found: dict[str, Any]) -> dict[str, Any]:
    """Apart from when a token was used last."""
    return {**found, "Token": [{**row, "used_at": None} for row in found["Token"]]}
