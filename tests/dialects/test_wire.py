"""Bodies: how long they are before they are made, and how little of them is ever in memory."""

import json
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.catalogue import get_engine
from generations.catalogue.request import GenerationRequest
from generations.dialects import get_dialect
from generations.dialects.transfer import deliver, write_body
from generations.dialects.wire import CHUNK, Answer, Call, ChangedPicture, Inline, Part, Picture, encode
from tests.dialects.sample import picture
from tests.memory import within

MEGABYTE = 1024 * 1024


class Drip(RawIOBase):
    """A file that hands out less than it is asked for, and holds nothing in memory."""

    def __init__(self, size: int, most: int = 65_537) -> None:
        self.left, self.most = size, most

    def read(self, size: int = -1) -> bytes:
        count = min(self.left, self.most, size if size >= 0 else self.left)
        self.left -= count
        return b"k" * count


def dripping(size: int, promised: int | None = None) -> Picture:
    return Picture("a", "png", size if promised is None else promised, lambda: Drip(size))  # type: ignore[arg-type,return-value]


@given(any_.lists(any_.binary(max_size=50), max_size=4), any_.text(any_.characters(exclude_categories=("Cs",))))
def test_an_encoded_body_is_as_long_as_it_says_and_holds_its_pictures(contents: list[bytes], prompt: str):
    value = {"prompt": prompt, "image": [Inline(picture(content, "png")) for content in contents]}
    length, pieces = encode(value)
    written = b"".join(pieces)
    assert length == len(written)
    assert json.loads(written)["prompt"] == prompt
    assert len(json.loads(written)["image"]) == len(contents)


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_file_that_drips_is_sent_whole(size: int):
    length, pieces = encode({"image": Inline(dripping(size))})
    written = b"".join(pieces)
    assert len(written) == length
    assert json.loads(written)["image"] == json.loads(b"".join(encode({"image": Inline(picture(b"k" * size, "png"))})[1]))["image"]


@pytest.mark.parametrize(("size", "promised"), [(10, 11), (11, 10), (0, 1), (CHUNK, CHUNK - 1)])
def test_a_file_that_has_changed_breaks_the_body_off(size: int, promised: int):
    for call in (
        Call("POST", "/", json={"a": Inline(dripping(size, promised))}),
        Call("POST", "/", form=(Part("a", picture=dripping(size, promised)),)),
    ):
        body = write_body(call)
        assert body
        with pytest.raises(ChangedPicture):
            b"".join(body.pieces)


@pytest.mark.parametrize("id", ["gateway/seedream-5.0", "tensorslab/seedream-4.5", "apimart/seedream-5.0-lite"])
def test_fourteen_references_of_ten_megabytes_are_never_in_memory_together(id: str):
    engine = get_engine(id)
    assert engine

    def send() -> tuple[int, int]:
        request = GenerationRequest(id, "kite", ratio="1:1", tier="2K")
        body = write_body(get_dialect(engine.dialect).write_request(request, engine, [dripping(10 * MEGABYTE)] * 14, ""))
        assert body
        return sum(map(len, body.pieces)), body.length

    sent, promised = within(4 * MEGABYTE, send)
    assert sent == promised > 140 * MEGABYTE


def test_a_picture_is_opened_when_its_turn_comes():
    opened: list[int] = []
    pictures = [Picture(str(n), "png", 1, lambda n=n: opened.append(n) or BytesIO(b"k")) for n in range(3)]  # type: ignore[misc]
    pieces = encode({"image": [Inline(one) for one in pictures]})[1]
    assert opened == []
    next(pieces), next(pieces)
    assert opened == [0]


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": object()}])
def test_what_is_no_json_is_refused_before_anything_is_sent(value: dict[str, Any]):
    with pytest.raises((TypeError, ValueError)):
        encode(value)


def test_a_call_without_a_body_has_none():
    assert write_body(Call("GET", "/v1/tasks/1")) is None
    assert deliver(Call("GET", "/v1/tasks/1", query={"language": "en"})).query == {"language": "en"}


def test_an_answer_is_readable_json_whatever_is_in_it():
    assert Answer.of(200, {"鱼": "\ud800"}, retry_after="3") == Answer(
        200, '{"鱼": "?"}'.encode(), {"content-type": "application/json", "retry-after": "3"}
    )
