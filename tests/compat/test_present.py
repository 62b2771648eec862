"""Whether anybody is still there, and what was left behind."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from generations.calling.caller import Caller, recognise
from generations.calling.ordering import order
from generations.compat import present
from generations.compat.counter import hand_over
from generations.compat.present import Vigil, abandoned, gone, left_behind
from generations.compat.pulled import Pulled
from generations.models import Generation, Team, User
from tests.calling.wishes import wish
from tests.made import sandbox
from tests.tokens.given import given

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(seconds=10)


@pytest.fixture
def caller(designer: User, team: Team) -> Caller:
    sandbox("gateway/seedream-4.0")
    return recognise(given(designer, team)[0])


@pytest.fixture
def line() -> Iterator[tuple[Any, socket.socket]]:
    """A request, and the other end of its connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield RequestFactory().post("/v1/images/generations", **{"gunicorn.socket": ours}), theirs


def made(caller: Caller, age: timedelta = LONG_AGO, **fields: Any) -> Generation:
    generation = order(caller, wish())
    Generation.objects.filter(pk=generation.pk).update(created_at=timezone.now() - age, **fields)
    generation.refresh_from_db()
    return generation


def test_whoever_hangs_up_is_gone(line: tuple[Any, socket.socket]):
    request, theirs = line
    assert not gone(request)
    theirs.send(b"another call behind this one")
    assert not gone(request)


def test_where_nothing_is_there_to_be_read(line: tuple[Any, socket.socket]):
    line[1].close()
    assert gone(line[0])


def test_where_it_cannot_be_seen_nobody_is_gone():
    assert not gone(RequestFactory().get("/"))


def test_what_nobody_waits_for_was_left_behind(caller: Caller):
    generation = made(caller)
    assert left_behind(caller, wish(), patient=False) == generation
    assert left_behind(caller, wish("another kite"), patient=False) is None


def test_a_young_one_may_belong_to_somebody_who_is_about_to_wait(caller: Caller):
    assert not abandoned(made(caller, timedelta(0)))


def test_a_sign_of_life_keeps_it(caller: Caller):
    generation = made(caller)
    vigil = Vigil(generation, lambda: False)
    assert not vigil()
    assert left_behind(caller, wish(), patient=False) is None
    vigil.leave()
    assert left_behind(caller, wish(), patient=False) == generation


def test_whoever_has_left_leaves_a_young_one_behind_too(caller: Caller):
    generation = made(caller, timedelta(0))
    Vigil(generation, lambda: True).leave()
    assert abandoned(generation)


def test_a_vigil_ends_when_its_program_hangs_up(caller: Caller):
    assert Vigil(made(caller), lambda: True)()


def test_whoever_waits_for_a_sign_waits_until_it_is_overdue(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    generation, looks = made(caller), iter([False, False, True])
    monkeypatch.setattr(present, "GLANCE", 0)
    monkeypatch.setattr(present, "abandoned", lambda one: next(looks))
    assert left_behind(caller, wish(), patient=True) == generation


def test_without_a_cache_nobody_is_found_again_and_nothing_breaks(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    generation = made(caller)
    monkeypatch.setattr(present, "cache", None)
    assert not Vigil(generation, lambda: False)()
    assert not abandoned(generation)


def test_what_was_answered_is_not_left_behind(caller: Caller):
    made(caller, answered_at=timezone.now())
    assert left_behind(caller, wish(), patient=False) is None


def test_neither_is_anothers(caller: Caller, designer: User, team: Team):
    made(caller)
    other = recognise(given(designer, team)[0])
    assert left_behind(other, wish(), patient=False) is None


def test_an_answer_is_heard_when_it_has_been_taken(caller: Caller, line: tuple[Any, socket.socket]):
    generation = made(caller)
    answer = hand_over(HttpResponse(b"{}"), generation, line[0])
    pieces = iter(answer)
    assert next(pieces) == b"{}"
    assert Generation.objects.get().answered_at is None
    assert list(pieces) == []
    assert Generation.objects.get().answered_at


def test_but_not_by_whoever_has_hung_up(caller: Caller, line: tuple[Any, socket.socket]):
    line[1].close()
    assert list(hand_over(HttpResponse(b"{}"), made(caller), line[0])) == [b"{}"]
    assert Generation.objects.get().answered_at is None


def test_an_answer_that_nobody_takes_gives_back_its_place():
    given_back = []

    def pieces() -> Any:
        try:
            yield b"first"
            yield b"second"
        finally:
            given_back.append(True)

    pulled = Pulled(pieces())
    pulled.close()
    assert given_back
