import pytest

from tests.media.running import run


@pytest.mark.parametrize(("work", "steps"), [("keep", 11), ("carry", 11), ("spool", 5)])
def test_whenever_it_is_killed_a_file_is_there_whole_or_not_at_all(tmp_path, work, steps):
    assert int(run("crash", tmp_path / "home", work)) >= steps


def test_a_full_disk_is_said_and_nothing_half_written_stays(tmp_path):
    assert run("full", tmp_path / "home").splitlines() == ["write_answer EFBIG []", "carry EFBIG []", "take_in EFBIG []"]
