"""Whether anybody is still there, and what was left behind."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from generations.calling import references
from generations.calling.caller import Caller, recognise
from generations.calling.line import gone
from generations.calling.ordering import order
from generations.compat import present, stream, v1
from generations.compat.call import Call
from generations.compat.counter import Gone, hand_over
from generations.compat.present import Vigil, abandoned, left_behind
from generations.compat.pulled import Pulled
from generations.models import Generation, Status, Team, User
from tests.calling.wishes import wish
from tests.made import pictured, sandbox
from tests.pipeline.conftest import together  # noqa: F401  # a fixture
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
    assert left_behind(caller, wish(), patience=0) == generation
    assert left_behind(caller, wish("another kite"), patience=0) is None


def test_a_young_one_may_belong_to_somebody_who_is_about_to_wait(caller: Caller):
    assert not abandoned(made(caller, timedelta(0)))


def test_a_sign_of_life_keeps_it(caller: Caller):
    generation = made(caller)
    vigil = Vigil(generation, lambda: False)
    assert not vigil()
    assert left_behind(caller, wish(), patience=0) is None
    vigil.leave()
    assert left_behind(caller, wish(), patience=0) == generation


def test_whoever_has_left_leaves_a_young_one_behind_too(caller: Caller):
    generation = made(caller, timedelta(0))
    Vigil(generation, lambda: True).leave()
    assert abandoned(generation)


def test_a_vigil_ends_when_its_program_hangs_up(caller: Caller):
    assert Vigil(made(caller), lambda: True)()


def test_whoever_waits_for_a_sign_waits_until_it_is_overdue(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    generation, looks = made(caller), iter([False, False, True, True])  # and once more as it is taken
    monkeypatch.setattr(present, "GLANCE", 0)
    monkeypatch.setattr(present, "abandoned", lambda one: next(looks))
    assert left_behind(caller, wish()) == generation


def test_without_a_cache_nobody_is_found_again_and_nothing_breaks(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    generation = made(caller)
    monkeypatch.setattr(present, "cache", None)
    assert not Vigil(generation, lambda: False)()
    assert not abandoned(generation)


def test_what_was_left_behind_twice_is_for_two(caller: Caller):
    calls = {made(caller), made(caller)}
    assert {left_behind(caller, wish(), patience=0), left_behind(caller, wish(again=True), patience=0)} == calls
    assert left_behind(caller, wish(), patience=0) is None


@pytest.mark.django_db(transaction=True)
def test_also_when_both_come_at_one_moment(designer: User, team: Team, together: Any):  # noqa: F811
    sandbox("gateway/seedream-4.0")
    caller = recognise(given(designer, team)[0])
    for _call in range(4):
        made(caller)
    assert len(set(together(4, lambda: left_behind(caller, wish())))) == 4


def test_an_answer_that_is_being_taken_is_not_left_behind(caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(present, "SILENT", 0)
    generation = made(caller)
    call = Call(v1.V1, line[0], caller, wish().asked, generation)
    taken = v1.carry(call, iter([b"one", b"two"]), ExitStack())
    assert (next(taken), abandoned(generation)) == (b"one", False)
    taken.close()
    assert abandoned(generation)


def test_nor_is_a_stream_whose_picture_is_being_taken(caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(present, "SILENT", 0)
    pictured(generation := made(caller))
    taken = stream.events(Call(v1.V1, line[0], caller, wish().asked, generation), ExitStack())
    assert b"partial_succeeded" in next(taken)
    assert not abandoned(generation)
    taken.close()
    assert abandoned(generation)


def test_each_piece_that_is_taken_is_a_sign_of_life(caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch):
    signs: list[str] = []
    monkeypatch.setattr(present, "BEAT", 0)
    monkeypatch.setattr(present, "say", lambda generation, sign, seconds: signs.append(sign))
    list(v1.carry(Call(v1.V1, line[0], caller, wish().asked, made(caller)), iter([b"one", b"two"]), ExitStack()))
    assert signs == [present.ALIVE, present.ALIVE, present.LEFT]


def test_a_sign_that_is_good_for_longer_does_not_wait_for_the_next_beat(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    spans: list[float] = []
    monkeypatch.setattr(present, "BEAT", 1000)
    monkeypatch.setattr(present, "say", lambda generation, sign, seconds: spans.append(seconds))
    vigil = Vigil(made(caller), lambda: False)
    for give in (vigil, vigil.tell, vigil.tell, vigil):
        give()
    assert spans == [present.SILENT, present.TAKING, present.SILENT]


def test_what_ends_as_its_program_leaves_is_left_behind_at_once(caller: Caller, line: tuple[Any, socket.socket]):
    generation = made(caller, timedelta(0), due_at=None, status=Status.DONE)
    line[1].close()
    with pytest.raises(Gone):
        v1.finish(Call(v1.V1, line[0], caller, wish().asked, generation), generation, ExitStack())
    assert abandoned(generation)


def test_a_program_that_calls_again_at_once_gets_what_it_began(
    caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch
):
    """It was not noticed yet that it had hung up."""
    generation = made(caller)
    vigil = Vigil(generation, lambda: False)
    assert not vigil()
    monkeypatch.setattr(present, "sleep", lambda _seconds: vigil.leave())
    assert v1.once(caller, wish(), line[0]) == generation


def test_whoever_hangs_up_while_references_are_fetched_gets_nothing(
    caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(references, "take", lambda caller, given: line[1].close() or ())
    with pytest.raises(Gone):
        v1.once(caller, wish(references=(b"one",)), line[0])
    assert not Generation.objects.exists()


def test_what_its_first_try_left_behind_meanwhile_is_found_as_well(
    caller: Caller, line: tuple[Any, socket.socket], monkeypatch: pytest.MonkeyPatch
):
    asked = wish(references=(b"one",))

    def take(caller: Caller, given: object) -> tuple[()]:
        monkeypatch.setattr(references, "take", lambda caller, given: ())
        Vigil(order(caller, asked), lambda: True).leave()
        return ()

    monkeypatch.setattr(references, "take", take)
    assert v1.once(caller, asked, line[0]) == Generation.objects.get()


def test_what_was_answered_is_not_left_behind(caller: Caller):
    made(caller, answered_at=timezone.now())
    assert left_behind(caller, wish(), patience=0) is None


def test_neither_is_anothers(caller: Caller, designer: User, team: Team):
    made(caller)
    other = recognise(given(designer, team)[0])
    assert left_behind(other, wish(), patience=0) is None


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
