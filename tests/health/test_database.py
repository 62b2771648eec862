from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from generations.health import database

MOUNTS = """\
overlay / overlay rw 0 0
server:/share /mnt/team nfs4 rw 0 0
//nas/disk /mnt/team\\040two cifs rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
"""


def careless(file: Path) -> DatabaseWrapper:
    """SQLite as it comes, without what we ask of it."""
    plain = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {}}
    return DatabaseWrapper({**connections.settings["default"], **plain}, "careless")


@pytest.mark.django_db
def test_a_database_that_answers_is_fine():
    assert [finding.state for finding in database.answer()] == ["ok"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_says_why_only_in_the_fix(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "connection", careless(tmp_path / "gone" / "x.sqlite3"))
    (found,) = database.answer()
    assert (found.state, found.sentence) == ("bad", "The database does not answer.")
    assert "DATABASE_URL" in found.fix
    assert "unable to open" in found.fix


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 40, 1), "warn"), ((3, 51, 2), "warn"), ((3, 51, 3), "ok"), ((3, 52, 0), "ok"), ((4, 0, 0), "ok")],
)
def test_a_sqlite_that_may_damage_its_file_is_named(version, state):
    assert database.sqlite_version(version).state == state


@pytest.mark.django_db
def test_the_engine_is_fit_for_money():
    assert {finding.state for finding in database.engine() if "fault" not in finding.sentence} == {"ok"}


@pytest.mark.django_db
def test_a_sqlite_file_that_could_forget_a_payment_is_bad(tmp_path, monkeypatch):
    with closing(careless(tmp_path / "x.sqlite3")) as connection:
        monkeypatch.setattr(database, "connection", connection)
        assert [finding.state for finding in database.sqlite_file()] == ["bad"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/srv/x.sqlite3", "overlay"),
        ("/mnt/team/x.sqlite3", "nfs4"),
        ("/mnt/team two/x.sqlite3", "cifs"),
        ("/mnt/team/local/x.sqlite3", "ext4"),
        ("/mnt/teams/x.sqlite3", "overlay"),
    ],
)
def test_the_deepest_mount_decides_what_disk_a_file_is_on(file, kind):
    assert database.kind_of_disk(Path(file), MOUNTS) == kind


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_network_disk_is_bad(tmp_path, monkeypatch):
    (tmp_path / "mounts").write_text("server:/share / nfs4 rw 0 0\n")
    monkeypatch.setattr(database, "MOUNTS", tmp_path / "mounts")
    assert [finding.state for finding in database.sqlite_file()] == ["bad"]


@pytest.mark.django_db
def test_a_migrated_database_fits():
    assert [finding.state for finding in database.migrations()] == ["ok"]


@pytest.mark.django_db
def test_waiting_changes_are_counted():
    MigrationRecorder(connection).record_unapplied(*MigrationLoader(connection).graph.leaf_nodes("generations")[0])
    (found,) = database.migrations()
    assert (found.state, found.fix) == ("bad", "Run manage.py migrate.")


@pytest.mark.django_db
def test_a_database_newer_than_the_code_is_bad():
    MigrationRecorder(connection).record_applied("generations", "9999_from_the_future")
    (found,) = database.migrations()
    assert (found.state, "generations.9999_from_the_future" in found.fix) == ("bad", True)


@pytest.mark.django_db
def test_rows_of_an_application_that_was_removed_do_not_matter():
    MigrationRecorder(connection).record_applied("long_gone", "0001_initial")
    assert [finding.state for finding in database.migrations()] == ["ok"]


def test_changes_that_were_merged_into_one_are_known():
    merged = Mock(replaces=[("generations", "0001_old")])
    loader = Mock(disk_migrations={("generations", "0001_merged"): merged}, migrated_apps={"generations"})
    loader.applied_migrations = {("generations", "0001_old"): None, ("generations", "0002_new"): None}
    assert database.ahead(loader) == ["generations.0002_new"]
