"""Lists in pages: each row once, and as many queries for a thousand as for one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations.models import Status, Team, User
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


def test_of_several_kinds_each_comes_once_and_in_order(client: Client, designer: User, team: Team):
    kinds = [Status.UNKNOWN, Status.DONE, Status.FAILED] * 3
    wanted = [str(one.uid) for one in [made(designer, team, kind) for kind in kinds] if one.status != Status.DONE]
    seen = [one["id"] for one in walk(client, "/api/generations?limit=2&status=unknown&status=failed&status=unknown")]
    assert seen == wanted[::-1]


@pytest.mark.sqlite
def test_what_nobody_has_is_found_out_without_reading_the_history(client: Client, designer: User, team: Team):
    made(designer, team)
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/api/generations?status=unknown&status=failed").json()["items"] == []
    asked = [query["sql"] for query in caught if '"status" = ' in query["sql"]]
    assert len(asked) == 2
    for one in asked:
        plan = str(connection.cursor().execute(f"EXPLAIN QUERY PLAN {one}").fetchall())
        assert ("generation_standing" in plan, "TEMP B-TREE" in plan) == (True, False)


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
