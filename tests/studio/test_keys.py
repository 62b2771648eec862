import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio import keys
from studio.env import Environment

FERNET = "LWlVtpnEO6KLOeMbEPivqWYZ0tJEmgR_B1tiXyAZaGM="
RACER = """
import sys, time, pathlib
from studio.keys import keep, new_secret
folder = pathlib.Path(sys.argv[1])
(folder / f"ready-{sys.argv[2]}").touch()
while not (folder / "go").exists(): time.sleep(0.001)
print(keep(folder / "secrets" / "key", new_secret))
"""


def read(kept: Path, make=lambda: "made", **variables: str) -> tuple[str, Environment]:
    env = Environment(variables)
    return env.secret("SECRET", kept, make, lambda text: ""), env


def test_a_secret_is_made_once_and_read_afterwards(tmp_path):
    made = [read(tmp_path / "s" / "key", keys.new_secret)[0] for _time in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) >= 80


def test_a_made_secret_is_for_nobody_else(tmp_path):
    before = os.umask(0)
    keys.keep(tmp_path / "s" / "key", keys.new_secret)
    os.umask(before)
    assert oct((tmp_path / "s" / "key").stat().st_mode)[-3:] == "600"
    assert oct((tmp_path / "s").stat().st_mode)[-3:] == "700"


def test_no_draft_is_left_behind(tmp_path):
    keys.keep(tmp_path / "s" / "key", keys.new_secret)
    assert [file.name for file in (tmp_path / "s").iterdir()] == ["key"]


def test_processes_that_start_together_have_the_same_secret(tmp_path):
    racers = [subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path), str(n)], stdout=subprocess.PIPE, text=True) for n in range(4)]
    while len(list(tmp_path.glob("ready-*"))) < len(racers):
        assert all(racer.poll() is None for racer in racers)
    (tmp_path / "go").touch()
    assert len({racer.communicate(timeout=30)[0] for racer in racers}) == 1


def test_who_loses_the_race_reads_what_the_winner_wrote(tmp_path):
    def slow() -> str:
        keys.keep(tmp_path / "key", lambda: "the winner's")
        return "the loser's"

    assert keys.keep(tmp_path / "key", slow) == "the winner's"


def test_a_given_secret_is_not_kept(tmp_path):
    assert read(tmp_path / "key", SECRET="given")[0] == "given"
    assert not (tmp_path / "key").exists()


def test_a_secret_is_never_shown(tmp_path):
    _, env = read(tmp_path / "key", SECRET="given")
    assert env.readings["SECRET"].shown == "set"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xff"])
def test_a_kept_secret_that_was_damaged_is_not_replaced(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    found, env = read(tmp_path / "key")
    assert (found, len(env.problems)) == ("", 1)
    assert (tmp_path / "key").read_bytes() == content


def test_a_secret_file_that_cannot_be_read_does_not_make_another(tmp_path):
    _, env = read(tmp_path / "key", SECRET_FILE=str(tmp_path / "gone"))
    assert env.problems == [f"SECRET_FILE names {tmp_path}/gone, which cannot be read."]
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("secret", ["x", "x" * 200, "ab" * 40, "correct-horse-battery-staple-lantern-orchard-0123"[:49]])
def test_a_short_or_dull_secret_is_weak(secret):
    assert keys.weak(secret)


def test_a_made_secret_is_not_weak():
    assert not keys.weak(keys.new_secret())


@pytest.mark.parametrize("text", ["x", ",", "é" * 44, FERNET[:-2], f"{FERNET},x"])
def test_encryption_keys_must_all_be_fernet_keys(text):
    assert keys.misshapen(text)


def test_several_encryption_keys_stand_between_commas():
    one, two = keys.new_fernet(), keys.new_fernet()
    assert not keys.misshapen(f"{one}, {two},")
    assert keys.split(f"{one}, {two},") == [one, two]
