import os
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from generations.supervisor.backup import KEPT, forget_old
from tests.supervisor.conftest import Maker
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack


def refusal(studio: Studio, *options: str) -> str:
    done = studio.command("up", *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_the_first_start_says_where_it_is_and_how_to_get_in(studio: Studio) -> None:
    address = f"http://127.0.0.1:{studio.port}"
    ready = studio.lines.index(f"Seedbed is ready at {address}\n")
    assert studio.lines[ready + 1].startswith(f"Set up the studio: {address}/set-up/")
    assert "works once, for 30 minutes" in studio.lines[ready + 2]
    assert studio.query("SELECT count(*) FROM generations_provideraccount WHERE sandbox") == 5


def test_the_sandbox_comes_and_goes_with_its_accounts(studio: Studio) -> None:
    assert studio.sandbox_answers()
    studio.query("UPDATE generations_provideraccount SET enabled = false")
    gone = studio.child("generations.sandbox")
    assert gone.wait(60) is None
    studio.query("UPDATE generations_provideraccount SET enabled = true")
    assert studio.child("generations.sandbox").is_running()


def test_a_second_supervisor_names_the_first(studio: Studio) -> None:
    said = refusal(studio)
    assert f"already runs on the folder {studio.folder} (process {studio.process.pid})" in said


def test_a_port_that_is_taken(new_studio: Maker) -> None:
    studio = new_studio()
    with socket.create_server(("127.0.0.1", studio.port)):
        said = refusal(studio)
    assert said.startswith(f"Port {studio.port} is in use by another program. Choose another: PORT=")


def test_a_host_that_is_not_ours(new_studio: Maker) -> None:
    assert refusal(new_studio(HOST="192.0.2.1")).startswith("This machine has no address 192.0.2.1.")


def test_a_database_that_is_down(new_studio: Maker) -> None:
    studio = new_studio()
    studio.environment["DATABASE_URL"] = "postgres://somebody:very-secret@127.0.0.1:1/studio"
    said = refusal(studio)
    assert said.startswith("The database does not answer: ")
    assert "very-secret" not in said


def test_a_redis_that_is_down(new_studio: Maker) -> None:
    assert refusal(new_studio(REDIS_URL="redis://127.0.0.1:1/0")).startswith("Redis does not answer: ")


def test_a_database_newer_than_the_code(new_studio: Maker, founded: Studio) -> None:
    studio = new_studio(founded)
    studio.query("INSERT INTO django_migrations (app, name, applied) VALUES ('generations', '9999_far_future', '2030-01-01')")
    said = refusal(studio)
    assert said.startswith("This database is newer than this version of Seedbed")
    assert "generations.9999_far_future" in said


def test_no_migrate_refuses_a_database_that_is_behind(new_studio: Maker) -> None:
    assert refusal(new_studio(), "--no-migrate").startswith("The database must be upgraded first.")


@pytest.mark.sqlite
def test_a_copy_is_kept_before_an_upgrade(new_studio: Maker, founded: Studio) -> None:
    studio = new_studio(founded)
    studio.command("migrate", "sessions", "zero")
    studio.begin()
    wait(lambda: studio.said("The database is upgraded"), 60, studio)
    (copy,) = (studio.folder / "backups").iterdir()
    assert studio.said(str(copy))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "django_session" not in tables(copy)
    wait(lambda: "django_session" in tables(studio.folder / "studio.sqlite3"), 60, studio)


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def test_only_the_newest_copies_stay(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        made = tmp_path / f"before-{9 - number}.sqlite3"
        made.touch()
        os.utime(made, (number, number))
    forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"before-{n}.sqlite3" for n in range(3, 8)]
