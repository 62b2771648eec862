"""Every address, with every method, by everybody, naming what is not theirs."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from generations.models import Role, Team, User
from tests.cast import client_of, person
from tests.isolation.doors import DOORS, NOTHING
from tests.isolation.programs import PROGRAMS
from tests.isolation.table import OPEN, SIGNED, SITE, TABLE
from tests.isolation.things import nothing_done, state, things, undone

pytestmark = pytest.mark.django_db

NOBODYS = {"sha256": "0" * 64, "token": "x" * 38, "invited": "x" * 32, "slug": "no-such-team"}
# What came of it is for other tests. 410: a studio with people in it is set up already; 503: no worker lives here.
LET_IN = (200, 204, 302, 303, 304, 400, 409, 410, 422, 503)
MEMBERS = (SIGNED, Role.DESIGNER, Role.REVIEWER)  # who do not see what is private to others
OWN = {"notice", "own program"}
PRIVATE = {"generation", "image", "collection", "comment"}
GUARDS = {"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
EVERYTHING = {name: rule for name, rule in TABLE.items() if name != "account_email"}  # sends on to another address of the table
CLOSED = [name for name, rule in TABLE.items() if rule.needs != OPEN]
OF_TEAMS = {name: rule for name, rule in TABLE.items() if rule.needs not in (OPEN, SITE)}
NAMING = [name for name, rule in OF_TEAMS.items() if rule.names]
GIVEN = [name for name, rule in OF_TEAMS.items() if rule.given]
HIDDEN = [name for name, rule in OF_TEAMS.items() if PRIVATE & set(rule.names.values()) and rule.needs in MEMBERS]


def patterns(found: list[Any]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def ours(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "__module__", "").startswith(("generations.", "studio.")) and bool(pattern.name)


def call(client: Client, name: str, method: str, found: dict[str, Any]) -> HttpResponse:
    rule = TABLE[name]
    named = {part: str(found[kind]) for part, kind in rule.given.items()}
    path = reverse(name, kwargs=rule.fixed | {part: found[kind] for part, kind in rule.names.items()})
    path = f"{path}?{urlencode(named)}" if named else path
    return client.post(path, rule.more | named) if method == "POST" else client.generic(method, path)


def calls(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each address with each of its methods. One round of all is quicker than a studio for each."""
    for name in names:
        for method in TABLE[name].does:
            yield name, method


def suffices(role: Role, needed: "str | Role") -> bool:
    return role.covers(needed) if isinstance(needed, Role) else needed != SITE


def nobodys(found: dict[str, Any]) -> dict[str, Any]:
    """What never was."""
    return {kind: NOBODYS.get(kind, UUID(int=7) if isinstance(value, UUID) else 2_000_000) for kind, value in found.items()}


def test_every_address_has_its_line():
    served = {str(pattern.name) for pattern in patterns(get_resolver().url_patterns) if ours(pattern)} | {"account_email"}
    assert served == set(TABLE) | set(PROGRAMS) | set(DOORS) | NOTHING


def test_nobody_comes_in_without_signing_in(found: dict[str, Any]):
    with nothing_done():
        for name, method in calls(CLOSED):
            answer = call(Client(), name, method, found)
            door = (302, "/account/login/") if method == "GET" else (401, "")  # what was typed is kept there
            assert (answer.status_code, answer.get("Location", "").split("?")[0]) == door, name


def test_what_is_another_teams_is_not_there(found: dict[str, Any], stranger: User):
    client, nothing = client_of(stranger), nobodys(found)
    with nothing_done():
        for name, method in calls(NAMING):
            foreign, missing = (call(client, name, method, these) for these in (found, nothing))
            assert (foreign.status_code, missing.status_code) == (404, 404), name
            assert shown(foreign) == shown(missing), name


def shown(answer: HttpResponse) -> str:
    """What can be told from it, apart from what is never the same."""
    number, path = answer["X-Request-ID"], answer.wsgi_request.get_full_path()  # type: ignore[attr-defined]
    text = answer.content.decode()
    for token in {piece.split('"')[0] for piece in text.split('csrfmiddlewaretoken" value="')[1:]} | {
        text.split('X-CSRFToken": "')[-1].split('"')[0]
    }:
        text = text.replace(token, "")
    return text.replace(number, "").replace(path, "")


def test_what_a_form_names_of_another_team_is_not_touched(found: dict[str, Any], stranger: User):
    """One's own things may come of it, but nothing of the others changes, and nothing of theirs is told."""
    for name in GIVEN:
        with undone():
            client, before = client_of(stranger), state()
            for method in TABLE[name].does:
                answer = call(client, name, method, found)
                assert answer.status_code < 500, name
                assert b"terraced" not in getattr(answer, "content", b""), name  # her prompt
            after = state()
        for table, rows in before.items():
            assert [row for row in after[table] if row in rows] == rows, (name, table)


@pytest.mark.parametrize("role", Role)
def test_a_role_that_does_not_suffice_is_told_so(role: Role, found: dict[str, Any], team: Team):
    client = client_of(person(f"{role.label} Lower", team, role))
    with nothing_done():
        for name, method in calls(name for name in CLOSED if not suffices(role, TABLE[name].needs)):
            assert call(client, name, method, found).status_code in (403, 404), name


def test_another_method_does_nothing(found: dict[str, Any], owner: User):
    client = client_of(owner)
    with nothing_done():
        for name, rule in EVERYTHING.items():
            for method in set(METHODS).difference(rule.does):
                assert call(client, name, method, found).status_code == 405, (name, method)


def test_what_is_private_is_not_there_for_others_of_the_team(designer: User, viewer: User, team: Team):
    found = things(designer, viewer, team, private=True)
    client = client_of(person("Rita Reviewer", team, Role.REVIEWER))
    with nothing_done():
        for name, method in calls(HIDDEN):
            assert call(client, name, method, found).status_code == 404, name


def test_whoever_may_is_let_in(found: dict[str, Any], admin: User, owner: User, designer: User):
    for name in sorted(set(EVERYTHING) - {"upload_picture", "deposit"}):  # whose files are not there
        rule = TABLE[name]
        whoever = owner if rule.needs == SITE else designer if OWN & set(rule.names.values()) else admin
        with undone():
            client = Client() if rule.needs == OPEN else client_of(whoever)
            for method in rule.does:
                answer = call(client, name, method, found)
                assert answer.status_code in LET_IN, name
                assert set(answer.headers) >= GUARDS, name
