"""A stream, look by look."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from generations.calling import waiting
from generations.compat import carried, stream
from generations.dialects.wire import CHUNK
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

        def watch(before: Generation, *_patience: object) -> Generation:
            next(left)(before)
            now = waiting.fresh(before)
            return before if now.version == before.version else now

        monkeypatch.setattr(stream, "watch", watch)

    return plan


def nothing(generation: Generation) -> None:
    """It goes on."""


def one_more(generation: Generation) -> None:
    show(generation, status=Status.COLLECTING)


def the_last(generation: Generation) -> None:
    show(generation, status=Status.DONE, due_at=None)


def show(generation: Generation, **changes: Any) -> None:
    pictured(generation)
    Generation.objects.filter(pk=generation.pk).update(**changes, version=F("version") + 1)


def stopped(generation: Generation) -> None:
    choices.stop(generation, generation.user)


def test_each_picture_goes_out_as_soon_as_it_is_stored(looks: Callable[..., None], script: Script):
    looks(one_more, nothing, the_last)
    pieces = [piece.partition(b"\n")[0].rpartition(b".")[2] for piece in script.send(BODY)]
    assert pieces == [b"partial_succeeded", b"partial_succeeded", b"completed", b"data: [DONE]"]


def test_a_picture_goes_out_in_small_pieces(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    """However many are there at once, and however large: no more than one of them is held."""
    content = bytes(range(256)) * 8192
    monkeypatch.setattr(carried, "content", lambda caller, image: content)
    looks(one_more, the_last)
    pieces = list(script.send(BODY | {"response_format": "b64_json"}))
    assert max(map(len, pieces)) <= CHUNK * 4 // 3
    told = [json.loads(line[6:]) for line in b"".join(pieces).split(b"\n") if line.startswith(b"data: {")]
    assert [base64.b64decode(one.get("b64_json", "")) == content for one in told] == [True, True, False]


def test_one_that_is_alone_is_in_the_end_as_well(looks: Callable[..., None], script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(carried, "content", lambda caller, image: b"kite")
    looks(the_last)
    answer = b"".join(script.send(BODY | {"n": 1, "response_format": "b64_json"}))
    assert answer.count(b'"b64_json": "a2l0ZQ=="') == 2


def test_while_nothing_changes_it_asks_for_no_pictures(looks: Callable[..., None], script: Script):
    asked = []
    for quiet in (1, 9):
        looks(one_more, *[nothing] * quiet, the_last)
        pieces = iter(script.send(BODY))
        with CaptureQueriesContext(connection) as captured:
            list(pieces)
        asked.append(sum("generations_image" in query["sql"] for query in captured))
    assert asked[0] == asked[1]


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
