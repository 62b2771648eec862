import errno
import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import ROOT, Stop, install, packages
from scripts.packages import Needs

TEST = Needs(groups=frozenset(["test"]))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose environment has a Python that only tells its version, and whose installer only notes its orders."""
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    monkeypatch.setattr(packages, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(packages, "STAMP", tmp_path / ".venv" / "seedbed.json")
    monkeypatch.setattr(install, "install", lambda groups, extras: orders(tmp_path).append((sorted(groups), sorted(extras))))
    (tmp_path / "uv.lock").write_text("version 1")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho Python 3.11.2\n")
    python.chmod(0o755)
    ORDERS[tmp_path] = []
    return tmp_path


ORDERS: dict[Path, list[tuple[list[str], list[str]]]] = {}


def orders(house: Path) -> list[tuple[list[str], list[str]]]:
    return ORDERS[house]


def test_nothing_is_installed_twice(house: Path):
    packages.ensure(Needs())
    packages.ensure(Needs())
    assert orders(house) == [([], [])]


def test_asking_for_less_takes_nothing_away(house: Path):
    packages.ensure(TEST)
    packages.ensure(Needs())
    assert orders(house) == [(["test"], [])]


def test_asking_for_more_keeps_what_was_asked_for_before(house: Path):
    packages.ensure(TEST)
    packages.ensure(Needs(extras=frozenset(["redis"])))
    assert orders(house)[-1] == (["test"], ["redis"])


def test_a_new_lock_brings_everything_up_to_date(house: Path):
    packages.ensure(TEST)
    (house / "uv.lock").write_text("version 2")
    packages.ensure(Needs())
    assert orders(house) == [(["test"], []), (["test"], [])]


def test_another_python_makes_it_anew(house: Path):
    packages.ensure(Needs())
    (house / ".venv" / "bin" / "python").write_text("#!/bin/sh\necho Python 3.13.0\n")
    packages.ensure(Needs())
    assert len(orders(house)) == 2


def test_an_interrupted_upgrade_is_not_taken_for_a_finished_one(house: Path, monkeypatch: pytest.MonkeyPatch):
    packages.ensure(TEST)
    (house / "uv.lock").write_text("version 2")
    monkeypatch.setattr(install, "install", lambda groups, extras: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        packages.ensure(Needs())
    (house / "uv.lock").write_text("version 1")
    assert packages.present() is None
    assert packages.stamped() == TEST


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"groups": []}', json.dumps("test")])
def test_a_damaged_stamp_vouches_for_nothing(house: Path, stamp: str):
    packages.STAMP.write_text(stamp)
    assert packages.present() is None


def test_two_at_once_take_turns(house: Path):
    with packages.alone(), (house / ".cache" / "bootstrap.lock").open() as second, pytest.raises(BlockingIOError):
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize(
    ("variables", "extras"),
    [
        ({}, []),
        ({"DATABASE_URL": "postgres://db/studio"}, ["postgres"]),
        ({"DATABASE_URL": "sqlite:////tmp/studio.sqlite3"}, []),
        ({"REDIS_URL": "redis://cache:6379/0"}, ["redis"]),
        ({"STUDIO_STORAGE": "s3://pictures"}, ["s3"]),
        ({"STUDIO_STORAGE": "/srv/pictures"}, []),
        ({"EXTRAS": "redis, postgres"}, ["postgres", "redis"]),
    ],
)
def test_drivers_follow_the_settings(house: Path, variables: dict[str, str], extras: list[str]):
    assert sorted(packages.configured(variables).extras) == extras


def test_settings_in_files_count_as_well(house: Path):
    (house / "address").write_text("redis://cache\n")
    (house / ".env").write_text(f"# DATABASE_URL=sqlite:///x\nexport DATABASE_URL='postgres://db/studio'\nREDIS_URL_FILE={house}/address\n")
    assert packages.configured({}).extras == {"postgres", "redis"}
    assert packages.configured({"STUDIO_DOTENV": "/dev/null"}).extras == frozenset()


def test_a_setting_that_cannot_be_read_is_left_to_the_studio(house: Path):
    assert packages.configured({"DATABASE_URL_FILE": str(house / "gone")}) == Needs()


def test_an_unknown_extra_is_named(house: Path):
    with pytest.raises(Stop, match="EXTRAS names oracle; there are only postgres, redis, s3"):
        packages.configured({"EXTRAS": "oracle redis"})


def test_a_full_disk_is_one_sentence():
    assert packages.explain(OSError(errno.ENOSPC, "No space left on device")) == "The disk is full. Make room and run this again."


def test_a_folder_of_somebody_else_is_named():
    assert packages.explain(PermissionError(errno.EACCES, "Permission denied", "/srv/x")).endswith("in place: /srv/x: Permission denied.")


def test_everything_up_to_the_installing_runs_on_a_bare_python():
    done = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import scripts.packages"])
    assert done.returncode == 0
