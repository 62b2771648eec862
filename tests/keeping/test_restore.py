"""What is refused before anything is touched. The way back itself is in tests/supervisor/test_restore.py, with real studios."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from generations.keeping import Refusal, files, rows
from generations.keeping.backup import back_up
from generations.keeping.files import Entry
from generations.keeping.restore import bring_picture, restore
from generations.models import Driver, Image
from generations.models.drivers import LEASE
from generations.supervisor import preflight
from tests.keeping.conftest import original

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path: Path, pictures: list[Path]) -> Path:
    return back_up(tmp_path / "backups", keep=2).path


def change(backup: Path, **facts: object) -> None:
    manifest = backup / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | facts))


def refused(backup: Path, home: Path, words: str, replace: bool = True) -> None:
    def seen() -> set[tuple[Path, int]]:
        return {(path, path.stat().st_mtime_ns) for path in home.rglob("*") if path.suffix != ".lock"}

    before = seen()
    with pytest.raises(Refusal, match=words):
        restore(backup, replace)
    assert seen() - {(home, home.stat().st_mtime_ns)} == before - {entry for entry in before if entry[0] == home}
    assert Image.objects.count() == 2


def test_a_studio_that_is_there_is_not_replaced_unasked(backup, home):
    refused(backup, home, "There is a studio in .* already", replace=False)


def test_a_backup_of_a_newer_version_is_refused(backup, home):
    change(backup, version="9.0", migrations=["generations.0001_initial", "generations.9999_far_future"])
    refused(backup, home, r"newer version, 9\.0 .*generations\.9999_far_future")


def test_one_of_a_newer_form_is_refused(backup, home):
    change(backup, version="9.0", format=2)
    refused(backup, home, r"Seedbed 9\.0, which is newer")


def test_one_of_another_kind_of_database_is_refused(backup, home):
    change(backup, database="postgresql" if rows.name().endswith("sqlite3") else "sqlite")
    refused(backup, home, "Correct DATABASE_URL")


def test_one_of_a_studio_with_a_bucket_is_refused(backup, home):
    change(backup, storage="s3://pictures/studio")
    refused(backup, home, "Set STUDIO_STORAGE to match")


def test_a_damaged_one_is_refused(backup, home):
    (backup / "secrets" / "encryption_keys").write_text("the beys")
    refused(backup, home, "1 of .* files are missing or damaged: secrets/encryption_keys")


def test_half_of_one_is_refused(backup, home):
    (backup / "manifest.json").unlink()
    refused(backup, home, "only half of one|no finished backup")


def test_a_manifest_that_cannot_be_read_is_refused(backup, home):
    (backup / "manifest.json").write_text('{"format": 1')
    refused(backup, home, "is damaged")


def test_a_studio_that_runs_is_left_alone(backup, home):
    with preflight.locked(home), pytest.raises(SystemExit, match="already runs"):
        restore(backup, replace=True)


@pytest.mark.postgres
def test_a_worker_on_another_machine_is_noticed(backup, home):
    Driver.objects.create(host="elsewhere", process=7, lease_until=timezone.now() + LEASE)
    refused(backup, home, "Stop every node first")


def test_a_list_that_names_files_elsewhere_is_not_followed(backup):
    listed = files.List(backup / "files.txt.gz")
    listed.add(Entry("-", 1, "pictures/../../secret"))
    change(backup, sha256=listed.close())
    with pytest.raises(Refusal, match="outside the backup"):
        restore(backup, replace=True)


def test_a_picture_that_is_here_and_whole_stays(backup, home, pictures):
    before = pictures[0].stat()
    bring(backup, pictures[0])
    assert (pictures[0].stat().st_ino, pictures[0].stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not (home / "aside").exists()


def test_a_picture_that_is_here_and_damaged_moves_aside(backup, home, pictures):
    pictures[0].unlink()
    pictures[0].write_bytes(b"not the first one")
    bring(backup, pictures[0])
    assert original(b"the first picture").read_bytes() == b"the first picture"
    assert [path.read_bytes() for path in (home / "aside").rglob("*.png")] == [b"not the first one"]


def bring(backup: Path, picture: Path) -> None:
    home = picture.parents[4]
    name = f"pictures/{picture.relative_to(home / 'media').as_posix()}"
    bring_picture(backup.parent / name, Entry(picture.stem, len("the first picture"), name), home / "aside")


def test_a_refusal_is_one_sentence(backup):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("restore", "/nowhere")
