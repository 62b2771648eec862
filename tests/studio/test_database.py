import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest
from django.db import OperationalError, connection, connections, transaction

from studio.database import read_database
from studio.embedded import base
from studio.env import Environment


def read(tmp_path, **variables: str) -> tuple[dict, Environment]:
    env = Environment(variables)
    return read_database(env, tmp_path), env


def test_the_embedded_database_may_lie_under_any_name(tmp_path):
    folder = tmp_path / "a b#c%41?d"
    assert read(folder)[0]["NAME"] == f"{folder}/studio.sqlite3"


def test_a_sqlite_address_names_a_file(tmp_path):
    found, env = read(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/my%20own.sqlite3")
    assert (found["NAME"], env.problems) == (f"{tmp_path}/my own.sqlite3", [])
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.fixture
def writer(tmp_path) -> Iterator[sqlite3.Connection]:
    """Somebody who is writing to the file that `other` opens."""
    with closing(sqlite3.connect(tmp_path / "studio.sqlite3")) as writer:
        writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE word (text); BEGIN IMMEDIATE")
        yield writer


@pytest.fixture
def other(tmp_path) -> Iterator[base.DatabaseWrapper]:
    with closing(base.DatabaseWrapper({**connections.settings["default"], **read(tmp_path)[0]}, "other")) as other:
        yield other


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("statements", [["INSERT INTO word VALUES ('x')"], ["BEGIN IMMEDIATE", "INSERT INTO word VALUES ('x')", "COMMIT"]])
def test_whoever_wants_to_write_looks_every_millisecond_until_he_may(writer, other, monkeypatch, statements):
    looks = count()
    monkeypatch.setattr(base, "monotonic", lambda: (writer.commit() if next(looks) == 20 else None) or 0.0)
    with other.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (1,)
        for statement in statements:
            cursor.execute(statement)
    assert writer.execute("SELECT text FROM word").fetchall() == [("x",)]


def test_a_sqlite_file_needs_a_folder(tmp_path):
    assert read(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/gone/x.sqlite3")[1].problems == [
        f"DATABASE_URL names {tmp_path}/gone/x.sqlite3, where no file can be made."
    ]


@pytest.mark.parametrize("url", ["mysql://host/name", "postgres://host:99999/name", "postgres://host", "sqlite://:memory:", "nonsense"])
def test_other_addresses_are_refused(tmp_path, url):
    found, env = read(tmp_path, DATABASE_URL=url)
    assert [problem.split()[0] for problem in env.problems] == ["DATABASE_URL"]
    assert found["NAME"].startswith(str(tmp_path))


def test_postgres_keeps_what_the_address_says(tmp_path):
    found, _ = read(tmp_path, DATABASE_URL="postgres://u:p%2Fw@db:5433/studio?sslmode=require&options=-c%20search_path%3Dx")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == ("u", "p/w", "db", 5433, "studio")
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["options"] == "-c idle_in_transaction_session_timeout=60s -c search_path=x"


def test_only_the_web_server_pools_and_limits_its_queries(tmp_path):
    worker, web = (read(tmp_path, DATABASE_URL="postgres://db/studio", STUDIO_DATABASE_POOL=pool)[0] for pool in ("no", "yes"))
    assert ("pool" in worker["OPTIONS"], worker["CONN_MAX_AGE"]) == (False, 60)
    assert ("pool" in web["OPTIONS"], web["CONN_MAX_AGE"]) == (True, 0)
    assert "statement_timeout=15s" in web["OPTIONS"]["options"]


def test_files_stay_open_and_those_of_the_web_server_with_less_in_memory_for_each(tmp_path):
    worker, web = (read(tmp_path, STUDIO_DATABASE_POOL=pool)[0] for pool in ("no", "yes"))
    assert (worker["CONN_MAX_AGE"], web["CONN_MAX_AGE"]) == (60, 600)
    assert "cache_size=-20000" in worker["OPTIONS"]["init_command"]
    assert "cache_size=-4000" in web["OPTIONS"]["init_command"]


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("mmap_size", 0), ("busy_timeout", 1)]
)
def test_sqlite_really_runs_as_we_asked(other, pragma, value):
    with other.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_sqlite_transaction_takes_the_write_lock_at_its_start():
    other = connection.copy()
    other.settings_dict["OPTIONS"]["timeout"] = 0
    try:
        with transaction.atomic(), other.cursor() as cursor, pytest.raises(OperationalError, match="locked"):
            cursor.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgres_drops_who_sleeps_in_a_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone()[0] == "1min"
