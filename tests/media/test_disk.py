import os

import pytest

from generations.media import disk
from tests.media.running import run


@pytest.mark.parametrize(("work", "steps"), [("keep", 11), ("carry", 11), ("spool", 5)])
def test_whenever_it_is_killed_a_file_is_there_whole_or_not_at_all(tmp_path, work, steps):
    assert int(run("crash", tmp_path / "home", work)) >= steps


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_folder_afterwards(tmp_path, monkeypatch):
    steps = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, name=name, real=real: (steps.append(name), real(*given))[1])
    for _time in range(2):
        (tmp_path / "staged").write_bytes(b"pixels")
        disk.put(tmp_path / "staged", tmp_path / "a" / "b" / "file")
    new_folders = ["fsync"] * 2
    assert steps == ["fsync", *new_folders, "replace", "fsync", "fsync", "replace", "fsync"]


def test_a_full_disk_is_said_and_nothing_half_written_stays(tmp_path):
    assert run("full", tmp_path / "home").splitlines() == ["write_answer EFBIG []", "carry EFBIG []", "take_in EFBIG []"]
