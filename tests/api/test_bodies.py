"""Bodies that are large, or slow, or for which there is no place: they take nothing from anybody else."""

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from io import BytesIO
from socket import socketpair
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image as Picture

from generations.calling import room, waiting
from generations.models import Generation, Team, Upload, User
from tests.api.caller import JSON, KITE, called, post
from tests.isolation.things import uploaded
from tests.made import made, sandbox
from tests.memory import within

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
LINK = "https://example.com/kite.png"
PLACES = ["/api/generations", "/api/check"]


@pytest.fixture
def client(designer: User) -> Client:
    sandbox()
    return called(designer)


@pytest.fixture
def crowded() -> Iterator[None]:
    """All places for those who wait are taken."""
    with ExitStack() as stack:
        for token in range(settings.WEB_WAITING):
            stack.enter_context(waiting.place(-token))
        yield


@cache
def large() -> str:
    """A data URI of more than a megabyte."""
    out = BytesIO()
    Picture.effect_noise((1200, 1200), 90).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


# --- a place ---


@pytest.mark.parametrize("path", PLACES)
def test_what_has_to_be_fetched_takes_a_place_though_nobody_waits(path: str, client: Client, crowded: None):
    answer = post(client, path, KITE | {"references": [LINK]})
    assert (answer.status_code, answer.json()["error"]["code"], answer["Retry-After"]) == (429, "crowded", "2")


@pytest.mark.parametrize("path", PLACES)
def test_uploads_that_are_named_and_plain_requests_take_none(path: str, client: Client, designer: User, team: Team, crowded: None):
    named = [uploaded(designer, team).sha256]
    assert {post(client, path, KITE | {"references": given}).status_code for given in (named, [])} <= {200, 202}


def test_neither_does_a_stored_request_once_more(client: Client, designer: User, team: Team, crowded: None):
    assert post(client, f"/api/generations/{made(designer, team).uid}/rerun").status_code == 202


def test_a_large_body_is_not_read_where_there_is_no_place(client: Client, crowded: None):
    assert post(client, "/api/check", KITE | {"references": [large()]}).status_code == 429


def test_places_are_given_back_whatever_comes_of_it(client: Client):
    for body in (KITE | {"references": [large()]}, KITE | {"references": [LINK]}, {"references": [large()]}):
        post(client, "/api/check", body)
    assert (waiting.PLACES.free, room.ROOM.free) == (settings.WEB_WAITING, room.ALL)


def test_whoever_hangs_up_gives_back_the_place(client: Client, monkeypatch: pytest.MonkeyPatch):
    left = []
    monkeypatch.setattr(waiting, "wait", lambda made, _seconds, gone: left.append(gone()) or made)
    ours, theirs = socketpair()
    with ours:
        theirs.close()
        line: dict[str, Any] = {"gunicorn.socket": ours}
        client.generic("POST", "/api/generations", json.dumps(KITE | {"wait": 60}), JSON, **line)
    assert left == [True]


# --- large ones ---


def test_a_large_picture_becomes_a_reference(client: Client):
    answer = post(client, "/api/generations", KITE | {"references": [large()], "seed": None})
    assert (answer.status_code, answer.json()["ignored"]) == (202, [])
    assert Generation.objects.get().asked().references[0].sha256 == Upload.objects.get().sha256


def test_many_small_pictures_are_pictures_too(client: Client):
    small = large()[: 64 * 1024]
    answer = post(client, "/api/check", KITE | {"references": [small] * 20, "seed": 10**13})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "seed")


def test_a_large_picture_in_another_field_is_no_text(client: Client):
    answer = post(client, "/api/check", KITE | {"prompt": large()})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "prompt")


@pytest.mark.parametrize("body", [b"[" + b"[]," * MEGABYTE + b"[]]", b'{"prompt": "' + b"x" * 2 * MEGABYTE + b'"}'])
def test_besides_pictures_a_body_is_small(body: bytes, client: Client):
    answer = within(24 * MEGABYTE, lambda: post(client, "/api/check", body))
    assert (answer.status_code, answer.json()["error"]["type"]) == (413, "too_large")


@pytest.mark.parametrize("times", [80_000, 300_000])
def test_a_body_of_nothing_but_small_parts_takes_no_memory(times: int, client: Client):
    answer = within(8 * MEGABYTE, lambda: post(client, "/api/check", b'{"prompt": [' + b"[]," * times + b"[]]}"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("tail", [b"", b'", "prompt": }', b'"\xff}', b"\\"])
def test_a_large_body_that_is_no_json_is_told_so(tail: bytes, client: Client):
    answer = post(client, "/api/check", b'{"image": "' + large().encode() + tail)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json")


def test_where_others_read_large_ones_it_is_asked_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "PATIENCE", 0)
    monkeypatch.setattr(room.ROOM, "free", room.SMALL)
    answer = post(client, "/api/check", KITE | {"references": [large()]})
    assert (answer.status_code, answer.json()["error"]["type"], answer["Retry-After"]) == (503, "busy", "2")


def test_only_where_pictures_go_in_a_body_may_be_large(client: Client):
    for path in ("/api/collections", "/api/uploads"):
        answer = client.generic("POST", path, json.dumps({"name": "x" * 300_000}), JSON)
        assert (answer.status_code, "256 KB" in answer.json()["error"]["message"]) == (413, True), path


# --- slow ones ---


class Late(BytesIO):
    def read(self, *_size: Any) -> bytes:
        raise TimeoutError


FORM = "multipart/form-data; boundary=edge"


@pytest.mark.parametrize(("path", "kind"), [("/api/check", JSON), ("/api/uploads", JSON), ("/api/uploads", FORM)])
@pytest.mark.parametrize("length", [50, 2 * MEGABYTE])
def test_what_comes_too_slowly_is_refused_for_good(path: str, kind: str, length: int, client: Client):
    late: dict[str, Any] = {"wsgi.input": Late(), "CONTENT_LENGTH": str(length)}
    answer = client.generic("POST", path, b"x", kind, **late)
    assert answer.status_code == (413 if (path, kind, length) == ("/api/uploads", JSON, 2 * MEGABYTE) else 400)
    assert answer.json()["error"]["message"]
