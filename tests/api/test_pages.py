"""Lists in pages: each row once, and as many queries for a thousand as for one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations.models import Team, User
from tests.api.caller import called
from tests.made import made, pictured, sandbox

pytestmark = pytest.mark.django_db

LISTS = ["/api/generations"]


@pytest.fixture
def client(designer: User) -> Client:
    client = called(designer)
    client.get("/api/me")  # from now on the token is not written down as used
    return client


def walk(client: Client, path: str) -> Iterator[Any]:
    page: str | None = path
    while page:
        found = client.get(page).json()
        yield from found["items"]
        page = found["next"]


def test_every_row_comes_once_whatever_begins_meanwhile(client: Client, designer: User, team: Team):
    old = [str(made(designer, team).uid) for _one in range(5)]
    seen = []
    for one in walk(client, "/api/generations?limit=2&mine=true"):
        seen.append(one["id"])
        made(designer, team)
    assert seen == old[::-1]


def test_the_last_page_says_so(client: Client, designer: User, team: Team):
    for _one in range(2):
        made(designer, team)
    assert client.get("/api/generations?limit=2").json()["next"] is None


def test_a_next_page_keeps_what_was_asked_for(client: Client, designer: User, team: Team):
    for _one in range(2):
        made(designer, team)
    address = client.get("/api/generations?limit=1&status=done").json()["next"]
    assert address.startswith("http://testserver/api/generations?limit=1&status=done&cursor=")


@pytest.mark.parametrize("path", LISTS)
def test_twice_the_rows_are_as_many_queries(client: Client, designer: User, team: Team, path: str):
    counts = []
    for _round in range(2):
        for _one in range(4):
            pictured(made(designer, team, parent=made(designer, team)), 2)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"{path}?limit=100")
        counts.append(len(queries))
        assert not [one["sql"] for one in queries if "COUNT(" in one["sql"] or "OFFSET" in one["sql"]]
    assert counts[0] == counts[1]


def test_twice_the_engines_are_as_many_queries(client: Client):
    counts = []
    for engine in ("apimart/seedream-5.0-lite", "gateway/seedream-4.0"):
        sandbox(engine)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/engines").json()["items"]
        counts.append(len(queries))
    assert counts[0] >= counts[1]  # how long they take was looked up the first time
