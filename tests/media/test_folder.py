import os
from pathlib import Path

import pytest

from generations.media import names
from generations.media.folder import Folder

NAME = names.original("ab" * 32, "png")
DISKS = (Path("/dev/shm"), Path("/var/tmp"))  # noqa: S108  # on Linux the tests lie on one of them, or on neither


def test_others_on_the_machine_cannot_look_in(desk, tmp_path):
    (desk / "picture").write_bytes(b"pixels")
    umask = os.umask(0)
    try:
        Folder(tmp_path / "media").keep(desk / "picture", NAME)
    finally:
        os.umask(umask)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "media" / NAME, *(tmp_path / "media" / NAME).parents[:4])]
    assert [oct(mode) for mode in modes] == ["0o640", "0o750", "0o750", "0o750", "0o750"]


def test_a_store_on_another_disk_is_reached_by_copying(desk, tmp_path_factory):
    (desk / "picture").write_bytes(b"pixels")
    here = desk.stat().st_dev
    elsewhere = next((disk for disk in DISKS if disk.is_dir() and disk.stat().st_dev != here), tmp_path_factory.mktemp("elsewhere"))
    root = elsewhere / f"seedbed-{os.getpid()}"
    folder = Folder(root)
    try:
        folder.keep(desk / "picture", NAME)
        assert (root / NAME).read_bytes() == b"pixels"
        assert not (desk / "picture").exists()
        assert [path.name for path in (root / "staging").rglob("*")] == []
    finally:
        folder.remove(NAME)
        for path in sorted(root.rglob("*"), reverse=True):
            path.rmdir()
        root.rmdir()


def test_a_folder_gives_no_links(tmp_path):
    assert Folder(tmp_path).link(NAME, 60) is None


def test_what_cannot_be_kept_stays_staged(desk, tmp_path):
    (desk / "picture").write_bytes(b"pixels")
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="Not a directory"):
        Folder(tmp_path / "file").keep(desk / "picture", NAME)
    assert (desk / "picture").read_bytes() == b"pixels"
