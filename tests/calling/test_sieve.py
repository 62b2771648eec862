import base64
import json
from os import urandom

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generations.calling.sieve import LONG, Decoder, Sieve, TooLarge, Unreadable

MEGABYTE = 1024 * 1024
PICTURE = b"\x89PNG\r\n\x1a\n" + urandom(LONG)
URI = "data:image/png;base64," + base64.b64encode(PICTURE).decode()


def sieved(body: bytes, chunk: int = 7000) -> object:
    sieve = Sieve(MEGABYTE, MEGABYTE)
    for start in range(0, len(body), chunk):
        sieve.feed(body[start : start + chunk])
    return sieve.value()


WORDS = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(st.none() | st.booleans() | st.integers() | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner))


@given(values, st.integers(1, 50))
@example({'"': None}, 1)
def test_what_holds_no_picture_reads_as_ever(value: object, chunk: int):
    assert sieved(json.dumps(value).encode(), chunk) == sieved(json.dumps(value, ensure_ascii=False).encode(), chunk) == value


@pytest.mark.parametrize("chunk", [1, 63, 64 * 1024, 10**6])
def test_a_picture_becomes_its_bytes(chunk: int):
    body = json.dumps({"prompt": 'a "kite"', "image": ["https://example.com/1.png", URI, URI]}).encode()
    assert sieved(body, chunk) == {"prompt": 'a "kite"', "image": ["https://example.com/1.png", PICTURE, PICTURE]}


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(PICTURE).decode(),
        URI.replace("/", "\\/"),
        URI[:5000] + "\\n" + URI[5000:],
        URI.replace("A", "\\u0041"),
        URI.rstrip("="),
    ],
    ids=["without a head", "with escaped slashes", "with a line break", "with escapes", "without padding"],
)
def test_as_programs_write_it(text: str):
    assert sieved(f'{{"image": "{text}"}}'.encode(), 4096) == {"image": PICTURE}


@pytest.mark.parametrize("text", [URI[:40] + "=" + URI[40:], URI + "!!!!", URI[:30000] + "é" + URI[30000:], URI.rstrip("=") + "=AAA"])
def test_what_is_no_base64_is_left_as_words(text: str):
    read = sieved(f'{{"image": "{text}"}}'.encode())
    assert read["image"] == text[:60]


def test_nothing_comes_behind_padding():
    decoder = Decoder(MEGABYTE)
    decoder.feed(b"QUI=")
    decoder.feed(b"QUJD")
    assert decoder.finish() is None


def test_a_long_text_stays_a_text():
    assert sieved(json.dumps({"prompt": "é" * LONG}).encode()) == {"prompt": "é" * LONG}


NONE = [b"", b"{", b'{"a": 1', b'{"a', b'{"a\\', b'{"a": NaN}', b'{"a": "\xff"}', b"[" * 100_000, b'{"a": ' * 5000, b"1" * 5000]


@pytest.mark.parametrize("body", [*NONE, b'{"a": 1, "a": 2}', b'"\\x"'], ids=range(len(NONE) + 2))
def test_what_is_not_quite_json_is_refused(body: bytes):
    with pytest.raises(Unreadable):
        sieved(body)


@pytest.mark.parametrize(
    ("body", "picture"), [(b'"' + b"a" * 2 * MEGABYTE, False), (b'"data:image/png;base64,' + b"A" * 2 * MEGABYTE, True)]
)
def test_neither_words_nor_a_picture_may_be_too_large(body: bytes, picture: bool):
    with pytest.raises(TooLarge) as refusal:
        sieved(body, MEGABYTE // 16)
    assert refusal.value.picture is picture


def test_nobody_can_name_a_picture_that_is_not_theirs():
    sieve = Sieve(MEGABYTE, MEGABYTE)
    sieve.feed(json.dumps({"image": [URI, "0" * 32 + "0"]}).encode())
    assert sieve.value()["image"][1] == "0" * 32 + "0"
