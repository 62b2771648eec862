"""What a script should not have sent: refused in the door's own shape, and nothing comes of it."""

from io import BytesIO
from typing import Any

import pytest

from generations.calling import room, waiting
from generations.calling.waiting import Places
from generations.models import Generation, Team, User
from tests.compat.script import ENGINE, KITE, PATH, URI, Script, code

pytestmark = pytest.mark.django_db

BAD: list[tuple[str, Any, int]] = [
    ("nothing", b"", 400),
    ("no object", [], 400),
    ("text", b"hello", 400),
    ("cut", b'{"model": "x"', 400),
    ("NaN", b'{"model": "x", "prompt": "y", "seed": NaN}', 400),
    ("a field twice", b'{"model": "x", "model": "y", "prompt": "z"}', 400),
    ("no UTF-8", b'{"model": "x", "prompt": "\xff\xfe"}', 400),
    ("deep", b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400),
    ("deep where it counts", b'{"model": "x", "prompt": "y", "image": ' + b"[" * 400 + b"]" * 400 + b"}", 400),
    ("no model", {"prompt": "x"}, 400),
    ("no prompt", {"model": ENGINE}, 400),
    ("a list for a prompt", KITE | {"prompt": ["x"]}, 400),
    ("a picture for a prompt", KITE | {"prompt": "data:image/png;base64," + "A" * 100_000}, 400),
    ("an empty prompt", KITE | {"prompt": " \u3000\u200b"}, 400),
    ("a long prompt", KITE | {"prompt": "x" * 20_000}, 400),
    ("half a character", KITE | {"prompt": "\ud800"}, 400),
    ("NUL", KITE | {"prompt": "a\0b"}, 400),
    ("half a character in a name", KITE | {"model": "\ud800"}, 404),
    ("a number for a model", KITE | {"model": 5}, 400),
    ("an unknown model", KITE | {"model": "gpt-image-1"}, 404),
    ("n in words", KITE | {"n": "two"}, 400),
    ("n as a truth", KITE | {"n": True}, 400),
    ("no n at all", KITE | {"n": 0}, 400),
    ("less than that", KITE | {"n": -1}, 400),
    ("n too large", KITE | {"n": 16}, 400),
    ("n beyond all numbers", KITE | {"n": 10**30}, 400),
    ("a size in words", KITE | {"size": "large"}, 400),
    ("a size too small", KITE | {"size": "1024x1024"}, 400),
    ("a size beyond all numbers", KITE | {"size": f"{10**30}x1"}, 400),
    ("a number for a size", KITE | {"size": 2048}, 400),
    ("a seed beyond all numbers", KITE | {"seed": 10**30}, 400),
    ("infinite guidance", KITE | {"guidance_scale": 1e308}, 400),
    ("a format nobody makes", KITE | {"output_format": "webp"}, 400),
    ("an answer nobody gives", KITE | {"response_format": "xml"}, 400),
    ("a stream in words", KITE | {"stream": "yes"}, 400),
    ("an object for a picture", KITE | {"image": {"url": "x"}}, 400),
    ("a number for a picture", KITE | {"image": [7]}, 400),
    ("no picture", KITE | {"image": "data:image/png;base64,AAAA"}, 400),
    ("a file on our disk", KITE | {"image": "file:///etc/passwd"}, 400),
    ("an address inside", KITE | {"image": "http://169.254.169.254/latest"}, 400),
    ("fifteen pictures", KITE | {"image": [URI] * 15}, 400),
    ("too many of both", KITE | {"image": [URI] * 4, "n": 12}, 400),
    ("groups in words", KITE | {"sequential_image_generation": "please"}, 400),
    ("a list of options", KITE | {"sequential_image_generation_options": []}, 400),
    ("tools in words", KITE | {"tools": "web_search"}, 400),
]


@pytest.mark.parametrize("path", [PATH, "/compat/ark/api/v3/images/generations"], ids=["v1", "ark"])
def test_bad_input_is_refused_in_the_doors_own_shape(path: str, script: Script):
    """One round of all is quicker than a studio for each."""
    for name, body, status in BAD:
        answer = script.send(body, path)
        error = answer.json()["error"]
        assert answer.status_code == status, (name, error)
        assert all([error["message"], error["code"], {"type", "param"} <= set(error)]), name
        assert (answer["X-Should-Retry"], answer["Cache-Control"]) == ("false", "no-store"), name
    assert not Generation.objects.exists()


def test_a_body_too_large_is_not_read(script: Script):
    answer = script.client.generic("POST", PATH, b"{}", content_type="application/json", CONTENT_LENGTH=str(10**10))
    assert code(answer) == (413, "request_too_large")
    assert "188 MB" in answer.json()["error"]["message"]


def test_neither_are_words_without_end(script: Script):
    assert code(script.send(b'{"prompt": "' + b"x" * 3_000_000 + b'"}')) == (413, "request_too_large")


def test_a_form_is_no_json(script: Script):
    assert code(script.send(b"model=x&prompt=y", type="application/x-www-form-urlencoded")) == (415, "unsupported_media_type")


def test_what_curl_sends_without_a_type_is_read_all_the_same(script: Script):
    assert code(script.send(KITE, type="application/x-www-form-urlencoded"))[0] == 504


class Late(BytesIO):
    def read(self, *_size: Any) -> bytes:
        raise TimeoutError


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=edge"])
def test_what_comes_too_slowly_is_refused_for_good(kind: str, script: Script):
    late: dict[str, Any] = {"wsgi.input": Late(), "CONTENT_LENGTH": "50"}
    answer = script.client.generic("POST", "/v1/images/edits", b"x", kind, **late)
    assert (*code(answer), answer["X-Should-Retry"]) == (400, "invalid_request", "false")


def test_a_key_has_to_be_one(script: Script):
    assert code(script.send(KITE, Idempotency_Key="a b"))[0] == 400


def test_large_bodies_come_in_one_after_the_other(script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "PATIENCE", 0)
    monkeypatch.setattr(room.ROOM, "free", room.SMALL)
    answer = script.send(b" " * (room.SMALL + 1))
    assert (*code(answer), answer["Retry-After"]) == (503, "studio_busy", "2")
    assert room.ROOM.free == room.SMALL


def test_their_room_is_free_again(script: Script):
    before = room.ROOM.free
    script.send(b" " * (room.SMALL + 1))
    assert room.ROOM.free == before


def test_more_tokens_are_not_more_places(script: Script, designer: User, team: Team, reviewer: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "PLACES", places := Places(4))
    assert all(places.take(designer.pk) for _call in range(3))
    told = [code(Script(user, team).send(KITE)) for user in (designer, designer, reviewer)]
    assert told == [(429, "rate_limit_exceeded")] * 2 + [(504, "still_running")]


def test_who_finds_no_place_is_told_when_to_come_again(script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "PLACES", Places(0))
    answer = script.send(KITE)
    assert (*code(answer), answer["Retry-After"]) == (429, "rate_limit_exceeded", "2")
    assert not Generation.objects.exists()
