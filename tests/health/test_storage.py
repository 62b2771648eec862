from pathlib import Path

import pytest

from generations.health import storage

GB = 1000**3


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    for name in ("DATA", "STORAGE", "SECRETS"):
        setattr(settings, name, tmp_path / name.lower())
        (tmp_path / name.lower()).mkdir()


def test_folders_that_take_files_are_fine(settings):
    assert [finding.state for finding in storage.folders()] == ["ok"]
    assert list(settings.STORAGE.iterdir()) == []


def test_a_folder_that_takes_none_is_named_in_the_fix_alone(settings, tmp_path):
    settings.STORAGE = tmp_path / "gone"
    (found,) = storage.folders()
    assert found.state == "bad"
    assert f"{tmp_path}/gone (No such file or directory)" in found.fix
    assert str(tmp_path) not in found.sentence


def test_permissions_alone_are_not_believed():
    assert storage.refusal(Path("/proc")) != ""


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (100 * GB, 50 * GB, "ok"),
        (100 * GB, 10 * GB, "ok"),
        (100 * GB, 10 * GB - 1, "warn"),
        (10 * GB, 5 * GB - 1, "warn"),
        (10 * GB, GB // 2, "warn"),
        (10 * GB, GB // 2 - 1, "bad"),
        (100 * GB, 0, "bad"),
    ],
)
def test_little_space_is_noticed_before_it_is_gone(total, free, state):
    assert storage.room(Path("/srv"), total, free).state == state


def test_one_disk_is_measured_once():
    assert len(storage.space()) == 1


@pytest.mark.parametrize(("mode", "state"), [(0o600, "ok"), (0o400, "ok"), (0o640, "bad"), (0o604, "bad")])
def test_secrets_are_for_the_studio_alone(settings, mode, state):
    key = settings.SECRETS / "secret_key"
    key.touch()
    key.chmod(mode)
    (found,) = storage.secrets()
    assert (found.state, str(key) in found.fix) == (state, state == "bad")
