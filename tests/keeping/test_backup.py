import errno
import fcntl
import json
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from generations.health import backups
from generations.keeping import Refusal, files, rows
from generations.keeping.backup import back_up
from generations.keeping.files import entries
from generations.keeping.record import chosen, whole
from generations.keeping.verify import verify
from generations.media import spool, still
from tests.keeping.conftest import original

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "0b7a1f1e-5d4c-4f3b-8a29-1f6f0f6f0f6f"


@pytest.fixture
def folder(tmp_path: Path, pictures: list[Path]) -> Path:
    return tmp_path / "backups"


def listed(path: Path) -> set[str]:
    return {entry.name for entry in entries(path / "files.txt.gz")}


def test_all_that_a_studio_is_lies_in_it(folder, home, pictures):
    (home / "spool" / f"{KEY}.answer").write_bytes(b"paid for")
    (home / "journal.anchor").write_text("2026-01-01 1 abc\n")
    made = back_up(folder, keep=2)
    kept = {f"pictures/{path.relative_to(home / 'media').as_posix()}" for path in pictures}
    assert listed(made.path) == {*kept, rows.name(), f"spool/{KEY}.answer", "secrets/encryption_keys", "journal.anchor"}
    assert verify(made.path).counts["image"] == 2


@pytest.mark.sqlite
def test_its_database_can_be_asked(folder):
    made = back_up(folder, keep=2)
    assert sqlite3.connect(made.path / "database.sqlite3").execute("SELECT count(*) FROM generations_image").fetchone() == (2,)


def test_it_is_on_the_disk_before_its_manifest_says_so_and_that_before_it_has_its_name(folder, monkeypatch):
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "sync", lambda: seen.append([manifest.parent.suffix for manifest in folder.rglob("manifest.json")]))
    back_up(folder, keep=2)
    assert seen == [[], [".part"]]


def test_nobody_else_may_read_it(folder):
    made = back_up(folder, keep=2)
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(made.path.stat().st_mode) == 0o700
    inside = [path for path in made.path.rglob("*") if path.is_file() and path.name not in ("manifest.json", "files.txt.gz")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in inside} == {0o600}


def test_a_picture_is_kept_once_for_all_backups(folder):
    back_up(folder, keep=9)
    before = {path: path.stat().st_ino for path in (folder / "pictures").rglob("*.png")}
    os.rename(whole(folder)[0], folder / "20260101T000000Z")  # noqa: PTH104
    back_up(folder, keep=9)
    assert {path: path.stat().st_ino for path in (folder / "pictures").rglob("*.png")} == before
    assert len(whole(folder)) == 2


def test_older_backups_go_and_their_pictures_stay(folder, pictures):
    back_up(folder, keep=1)
    os.rename(whole(folder)[0], folder / "20260101T000000Z")  # noqa: PTH104
    pictures[0].unlink()
    made = back_up(folder, keep=1)
    assert whole(folder) == [made.path]
    assert len(list((folder / "pictures").rglob("*.png"))) == 2


def test_a_damaged_picture_does_not_take_the_place_of_a_whole_one(folder, pictures, monkeypatch):
    monkeypatch.setattr(os, "link", refuse)
    back_up(folder, keep=9)
    pictures[0].write_bytes(b"something else, and longer than before")
    os.rename(whole(folder)[0], folder / "20260101T000000Z")  # noqa: PTH104
    made = back_up(folder, keep=9)
    assert made.damaged == []
    assert verify(made.path)


def test_a_picture_that_was_never_whole_is_named(folder, pictures, monkeypatch):
    monkeypatch.setattr(os, "link", refuse)
    pictures[0].write_bytes(b"something else")
    made = back_up(folder, keep=9)
    assert made.damaged == [pictures[0].relative_to(pictures[0].parents[3]).as_posix()]


def refuse(*_names: object) -> None:
    raise OSError(errno.EXDEV, "another disk")


# --- while others work ---


def test_nothing_is_thrown_away_meanwhile(folder, home):
    answer = home / "spool" / f"{KEY}.answer"
    answer.write_bytes(b"paid for")
    with still.still():
        spool.drop(KEY)
        assert answer.exists()
    spool.drop(KEY)
    assert not answer.exists()


def test_whoever_throws_something_away_is_waited_for(home):
    began = threading.Event()
    with still.clearing() as may:
        assert may
        waiting = threading.Thread(target=lambda: [still.still().__enter__(), began.set()])
        waiting.start()
        assert not began.wait(0.2)
    assert began.wait(20)
    waiting.join()


def test_there_is_one_backup_at_a_time(folder, home):
    with (home / "backup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refusal, match="Another backup"):
            back_up(folder, keep=2)


# --- what can go wrong ---


def test_half_of_one_is_no_backup_and_goes_with_the_next(folder):
    half = folder / "20260101T000000Z.part"
    half.mkdir(parents=True)
    with pytest.raises(Refusal, match="no finished backup"):
        chosen(folder)
    made = back_up(folder, keep=2)
    assert not half.exists()
    assert chosen(folder) == made.path


def test_a_full_disk_leaves_nothing_half(folder, monkeypatch):
    earlier = back_up(folder, keep=2).path
    os.rename(earlier, folder / "20260101T000000Z")  # noqa: PTH104
    monkeypatch.setattr(files, "copy", full)
    with pytest.raises(Refusal, match=r"No space left on device. What lies there already is as it was"):
        back_up(folder, keep=1)
    assert {path.name for path in folder.iterdir()} == {"pictures", "20260101T000000Z"}
    assert verify(folder / "20260101T000000Z")


def full(*_names: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_folder_that_cannot_be_written_is_named(tmp_path, pictures):
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match=r"No backup could be written to .*file/here: Not a directory"):
        back_up(tmp_path / "file" / "here", keep=2)


@pytest.mark.parametrize("name", ["pictures", "secrets/encryption_keys", "database"])
def test_a_file_that_has_changed_since_is_found(folder, name):
    made = back_up(folder, keep=2)
    places = {"pictures": next((folder / "pictures").rglob("*.png")), "database": made.path / rows.name()}
    place = places.get(name, made.path / name)
    body = bytearray(place.read_bytes())
    body[len(body) // 2] ^= 1
    place.unlink()  # it may be the studio's own, by a second name
    place.write_bytes(body)
    with pytest.raises(Refusal, match=r"1 of .* files are missing or damaged"):
        verify(made.path)


def test_a_file_that_is_gone_is_found(folder):
    made = back_up(folder, keep=2)
    next((folder / "pictures").rglob("*.png")).unlink()
    with pytest.raises(Refusal, match="1 of"):
        verify(made.path)


def test_a_list_that_has_changed_is_not_believed(folder):
    made = back_up(folder, keep=2)
    (made.path / "files.txt.gz").write_bytes(b"nothing")
    with pytest.raises(Refusal, match="list of files"):
        verify(made.path)


# --- what is said of it ---


def test_health_knows_of_it_and_of_none(folder):
    assert [finding.state for finding in backups.recent()] == ["warn"]
    back_up(folder, keep=2)
    assert [finding.state for finding in backups.recent()] == ["ok"]
    assert backups.newest().details["place"] == str(folder)


def test_the_last_line_says_that_it_holds_the_keys(folder, capsys):
    call_command("backup", str(folder))
    assert "holds the keys" in capsys.readouterr().out.splitlines()[-1]
    call_command("backup", str(folder), verify=True)
    assert "is whole" in capsys.readouterr().out


def test_keys_from_the_environment_are_said_to_be_missing(folder, home, capsys):
    (home / "secrets" / "encryption_keys").unlink()
    call_command("backup", str(folder))
    assert "STUDIO_ENCRYPTION_KEYS is not in it" in capsys.readouterr().out


def test_pictures_in_a_bucket_stay_there(folder, settings, capsys):
    settings.STORAGE = "s3://pictures/studio"
    call_command("backup", str(folder))
    assert "The pictures stay in s3://pictures/studio" in capsys.readouterr().out
    assert json.loads((whole(folder)[0] / "manifest.json").read_text())["storage"] == settings.STORAGE


def test_a_refusal_is_one_sentence(tmp_path, pictures):
    with pytest.raises(CommandError, match="There is no finished backup"):
        call_command("backup", str(tmp_path), verify=True)


@pytest.mark.postgres
def test_without_its_program_postgresql_is_refused(folder, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refusal, match="Install the package postgresql-client"):
        back_up(folder, keep=2)


def test_originals_lie_there_by_their_hash(folder):
    back_up(folder, keep=2)
    kept = folder / "pictures" / original(b"the second").relative_to(original(b"the second").parents[3])
    assert kept.read_bytes() == b"the second"
    assert connection.vendor in rows.NAMES
