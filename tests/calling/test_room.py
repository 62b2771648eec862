from threading import Thread

import pytest

from generations.calling import room
from generations.calling.room import Room


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr(room, "ALL", 10)
    return Room()


def test_whoever_comes_later_waits_until_there_is_room(narrow: Room):
    came: list[bool] = []
    assert narrow.take(8)
    later = Thread(target=lambda: came.append(narrow.take(5)))
    later.start()
    narrow.give(8)
    later.join(30)
    assert (came, narrow.free) == ([True], 5)


def test_nobody_waits_for_ever(narrow: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "PATIENCE", 0.01)
    assert narrow.take(8)
    assert not narrow.take(5)
    assert narrow.free == 2


def test_the_line_has_an_end(narrow: Room):
    narrow.free, narrow.line = 0, room.IN_LINE
    assert not narrow.take(5)
