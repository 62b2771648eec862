import os
import time

import pytest

from generations.media import staging


def test_what_lies_on_a_desk_is_gone_when_the_work_ends(settings):
    with staging.desk() as desk:
        (desk / "picture").write_bytes(b"half of it")
        assert desk.parent == settings.DATA / "staging"
    assert list(desk.parent.iterdir()) == []


def test_also_when_the_work_fails():
    with pytest.raises(ZeroDivisionError), staging.desk() as desk:
        (desk / "picture").write_bytes(b"" * (1 // 0))
    assert not desk.exists()


def test_nobody_else_looks_onto_a_desk(desk):
    assert desk.stat().st_mode & 0o077 == 0
    assert desk.parent.stat().st_mode & 0o007 == 0


def test_what_killed_work_left_behind_is_swept_after_an_hour(settings):
    left, busy = [settings.DATA / "staging" / name for name in ("left", "busy")]
    beside = settings.STORAGE / "staging" / "left"
    for folder in (left, busy, beside):
        folder.mkdir(parents=True)
        (folder / "picture").write_bytes(b"half of it")
    for folder in (left, beside):
        os.utime(folder, (time.time() - 3700,) * 2)
    assert staging.sweep() == 2
    assert [folder.exists() for folder in (left, busy, beside)] == [False, True, False]


def test_there_may_be_nothing_to_sweep(settings):
    assert staging.sweep() == 0
    settings.STORAGE = "s3://pictures"
    assert staging.sweep() == 0
