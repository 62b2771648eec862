"""A bell is a hint: it is heard at once where it can be, and whatever goes wrong with it nobody notices."""

import socket
from collections.abc import Iterator
from threading import Event

import pytest
from django.db import transaction

from generations import bells
from generations.bells import Bell, Ear


@pytest.fixture
def bell() -> Iterator[Bell]:
    found = Bell("test")
    yield found
    found.close()


def test_what_is_said_is_heard(bell: Bell):
    bells.strike("test", 17)
    assert bell.hear(5) == "17"


def test_everybody_hears_it_and_nobody_what_is_meant_for_others(bell: Bell):
    other, deaf = Bell("test"), Bell("else")
    bells.strike("test")
    assert (bell.hear(5), other.hear(5), deaf.hear(0)) == ("", "", None)
    other.close()
    deaf.close()


@pytest.mark.django_db(transaction=True)
def test_it_is_rung_when_what_was_written_is_there(bell: Bell):
    with transaction.atomic():
        bells.ring("test", 17)
        assert bell.hear(0.01) is None
    assert bell.hear(5) == "17"


def test_whoever_was_killed_is_forgotten(bell: Bell):
    dead = Bell("test")
    dead.plug.close()
    bells.strike("test")
    assert not dead.path.exists()
    assert bell.path.exists()


def test_one_that_nobody_listens_to_any_more_holds_up_nobody(bell: Bell):
    for _time in range(2000):
        bells.strike("test", 17)
    assert bell.hear(5) == "17"


def test_an_ear_without_a_thread_hears_nothing_and_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(bells.Thread, "start", no_thread)
    Ear("test", lambda: pytest.fail("It has no thread.")).close()


def test_where_there_are_no_sockets_left_there_is_silence(monkeypatch):
    monkeypatch.setattr(socket, "socket", no_socket)
    bells.strike("test")
    silent = Bell("test")
    assert silent.hear(0.01) is None
    silent.close()


def no_thread(*_words: object) -> None:
    raise RuntimeError("can't start new thread")


def no_socket(*_words: object) -> None:
    raise OSError("Too many open files")


def test_a_path_too_long_for_a_bell_is_silence(tmp_path, settings):
    settings.DATA = tmp_path / ("long" * 30)
    silent = Bell("test")
    bells.strike("test")
    assert silent.hear(0.01) is None
    silent.close()
    deaf = Ear("test", lambda: None)
    assert not deaf.thread.is_alive()  # it could only rest
    deaf.close()


def test_an_ear_hears_for_somebody_who_is_busy():
    heard = Event()
    ear = Ear("test", heard.set)
    bells.strike("test")
    assert heard.wait(5)
    ear.close()
    assert not ear.bell.path.exists()
    assert not ear.thread.is_alive()


def test_nobody_else_on_this_machine_may_ring(bell: Bell):
    assert bell.path.parent.stat().st_mode & 0o077 == 0
    assert isinstance(bell.plug, socket.socket)
