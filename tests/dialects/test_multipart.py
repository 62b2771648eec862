"""Forms: written with a known length, read strictly, and hostile ones turned away quickly."""

from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.dialects.multipart import MOST_PARTS, MOST_TEXT, Form, Malformed, read_form, write_form
from generations.dialects.transfer import receive
from generations.dialects.wire import Part
from tests.dialects.sample import picture

TYPE = "multipart/form-data; boundary=x"
NAMES = any_.sampled_from(["prompt", "sourceImage", "a-b_c"])
TEXTS = any_.text(any_.characters(exclude_categories=("Cs",)), max_size=40)
PARTS = any_.lists(
    any_.builds(Part, NAMES, TEXTS)
    | any_.builds(lambda name, content: Part(name, picture=picture(content)), NAMES, any_.binary(max_size=60))
)


def part(head: str = 'Content-Disposition: form-data; name="a"', content: str = "1") -> bytes:
    return f"--x\r\n{head}\r\n\r\n{content}\r\n".encode()


@given(PARTS)
def test_a_form_arrives_as_it_was_sent(parts: list[Part]):
    type, length, pieces = write_form(parts)
    body = b"".join(pieces)
    assert len(body) == length
    fields = tuple((one.name, one.text) for one in parts if not one.picture)
    files = tuple((one.name, one.picture.open().read()) for one in parts if one.picture)
    assert read_form(type, body) == Form(fields, files)


def test_every_form_has_its_own_boundary():
    assert write_form([])[0] != write_form([])[0]


@pytest.mark.parametrize(
    "head",
    [
        'Content-Disposition: form-data; name="a"; filename="k.png"\r\nContent-Type: image/png',
        "content-disposition:form-data; filename*=UTF-8''k.png; name=a",
        'Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: form-data; name="a"; filename=""',
    ],
)
def test_other_clients_write_their_heads_otherwise(head: str):
    assert read_form(TYPE, part(head) + b"--x--") == Form(files=(("a", b"1"),))


@pytest.mark.parametrize(
    "type", [TYPE, 'Multipart/Form-Data; boundary="x"', "multipart/form-data;boundary=x", "multipart/form-data; charset=utf-8; boundary=x"]
)
def test_a_boundary_is_found(type: str):
    assert read_form(type, part() + part(content="") + b"--x--\r\nepilogue") == Form((("a", "1"), ("a", "")))


@pytest.mark.parametrize(
    "type", ["", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x", TYPE + "\x00" * 9, TYPE + "y" * 99]
)
def test_without_a_boundary_it_is_no_form(type: str):
    with pytest.raises(Malformed):
        read_form(type, part() + b"--x--")


BROKEN = {
    "nothing": b"",
    "no start": b"preamble\r\n" + part() + b"--x--",
    "no end": part(),
    "cut in the end": part() + b"--x-",
    "cut in a head": b"--x\r\nContent-Disposition: form-da",
    "no head": b"--x\r\n\r\n1\r\n--x--",
    "no name": part("Content-Disposition: form-data") + b"--x--",
    "an empty name": part('Content-Disposition: form-data; name=""') + b"--x--",
    "a name with a quote": part('Content-Disposition: form-data; name="a\\"b"') + b"--x--",
    "another disposition": part('Content-Disposition: attachment; name="a"') + b"--x--",
    "two dispositions": part('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"') + b"--x--",
    "base64": part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64') + b"--x--",
    "bare line feeds": part().replace(b"\r\n", b"\n") + b"--x--",
    "a head without end": b"--x\r\n" + b"A: b\r\n" * 9999 + b"\r\n1\r\n--x--",
    "not utf-8": part().replace(b"1", b"\xff") + b"--x--",
    "a long text": part(content="k" * (MOST_TEXT + 1)) + b"--x--",
    "too many parts": part() * (MOST_PARTS + 1) + b"--x--",
    "a delimiter that goes on": part() + b"--xyz\r\n\r\n--x--",
}


def test_a_broken_form_is_no_form():
    for body in BROKEN.values():
        with pytest.raises(Malformed):
            read_form(TYPE, body)
        assert receive("POST", "/", {"Content-Type": TYPE}, {}, body).fields == ()


@given(
    any_.binary(max_size=80),
    any_.lists(any_.sampled_from([b"--x", b"\r\n", b"--", b"Content-Disposition: form-data; name=a", b": ", b'"'])),
)
def test_any_body_is_a_form_or_malformed(noise: bytes, pieces: list[bytes]):
    for body in (noise, b"".join(pieces), b"--x\r\n" + b"".join(pieces) + noise):
        try:
            assert isinstance(read_form(TYPE, body), Form)
        except Malformed:
            continue


@pytest.mark.parametrize(
    "body", [b"--x\r\n" * 2_000_000, b"\r\n--x" * 2_000_000, part(content="\r\n--" * 1_000_000), b"--x\r\n" + b"a" * 10_000_000]
)
def test_ten_hostile_megabytes_are_turned_away_quickly(body: bytes):
    start = thread_time()
    with pytest.raises(Malformed):
        read_form(TYPE, body)
    assert thread_time() - start < 0.5
