from uuid import uuid4

import pytest

from generations.dialects.wire import Answer
from generations.media import spool

KEY = str(uuid4())
ANSWER = Answer(200, b'{"data":\n[]}\xff\0', {"content-type": "application/json", "x": "é"})


def test_an_answer_comes_back_byte_for_byte():
    spool.write(KEY, ANSWER)
    assert spool.read(KEY) == ANSWER


@pytest.mark.parametrize("answer", [Answer(502), Answer(200, b"\n"), Answer(200, b"x" * 3_000_000)])
def test_no_body_is_too_odd_to_be_kept(answer):
    spool.write(KEY, answer)
    assert spool.read(KEY) == answer


def test_nothing_was_kept_under_another_key():
    assert spool.read(KEY) is None
    assert spool.keys() == []


def test_what_waits_is_listed_and_dropped():
    others = sorted(str(uuid4()) for _number in range(3))
    for key in others:
        spool.write(key, ANSWER)
    assert spool.keys() == others
    spool.drop(others[0])
    spool.drop(others[0])
    assert spool.keys() == others[1:]


@pytest.mark.parametrize("key", ["", "../secrets/secret_key", "*"])
def test_a_key_is_never_a_path(key):
    for use in (spool.read, spool.drop, lambda key: spool.write(key, ANSWER)):
        with pytest.raises(ValueError, match="badly formed"):
            use(key)


def test_others_on_the_machine_cannot_read_it(settings):
    spool.write(KEY, ANSWER)
    assert spool.place(KEY).stat().st_mode & 0o007 == 0
    assert (settings.DATA / "spool").stat().st_mode & 0o007 == 0


def test_a_picture_is_held_until_the_store_takes_it(desk):
    (desk / "came").write_bytes(b"pixels")
    held = spool.hold(KEY, 2, desk / "came")
    assert spool.held(KEY, 2) == held
    assert held.read_bytes() == b"pixels"
    assert spool.held(KEY, 1) is None
    assert spool.keys() == []


def test_held_pictures_are_dropped_with_their_answer(desk):
    spool.write(KEY, ANSWER)
    (desk / "came").write_bytes(b"pixels")
    held = spool.hold(KEY, 0, desk / "came")
    spool.drop(KEY)
    assert not held.exists()
