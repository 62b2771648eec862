"""A stream, look by look."""

from collections.abc import Callable
from typing import Any

import pytest

from generations.calling import waiting
from generations.compat import stream
from generations.models import Generation, Status
from generations.pipeline import choices
from tests.compat.script import KITE, Script, code
from tests.made import pictured

pytestmark = pytest.mark.django_db

BODY = KITE | {"n": 2, "stream": True}


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What has happened by each look."""

    def plan(*steps: Callable[[Generation], Any]) -> None:
        left = iter(steps)

        def wait(generation: Generation, *_patience: object) -> Generation:
            next(left)(generation)
            return waiting.fresh(generation)

        monkeypatch.setattr(stream, "wait", wait)

    return plan


def nothing(generation: Generation) -> None:
    """It goes on."""


def one_more(generation: Generation) -> None:
    Generation.objects.filter(pk=generation.pk).update(status=Status.COLLECTING)
    pictured(generation)


def the_last(generation: Generation) -> None:
    pictured(generation)
    Generation.objects.filter(pk=generation.pk).update(status=Status.DONE, due_at=None)


def stopped(generation: Generation) -> None:
    choices.stop(generation, generation.user)


def test_each_picture_goes_out_as_soon_as_it_is_stored(looks: Callable[..., None], script: Script):
    looks(one_more, nothing, the_last)
    pieces = [piece.partition(b"\n")[0].rpartition(b".")[2] for piece in script.send(BODY)]
    assert pieces == [b"partial_succeeded", b"partial_succeeded", b"completed", b"data: [DONE]"]


def test_in_between_it_gives_signs_of_life(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "QUIET", 0)
    looks(nothing, nothing, the_last)
    assert list(script.send(BODY))[:2] == [stream.WAITING] * 2


def test_what_goes_wrong_at_once_has_a_status(looks: Callable[..., None], script: Script):
    looks(nothing, stopped)
    assert code(script.send(BODY)) == (422, "generation_failed")


def test_what_goes_wrong_later_is_the_end_of_the_stream(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "QUIET", 0)
    looks(nothing, stopped)
    *_signs, error, done = script.send(BODY)
    assert b'"code": "generation_failed"' in error
    assert done == stream.DONE


def test_a_stream_does_not_last_for_ever(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "LONGEST", 0)
    looks(nothing)
    assert code(script.send(BODY)) == (504, "still_running")


def test_a_stream_ends_when_its_process_has_to_stop(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream.lookout, "over", lambda: True)
    looks(nothing)
    assert code(script.send(BODY)) == (504, "still_running")
