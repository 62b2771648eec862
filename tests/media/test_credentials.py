import io
import struct
import zlib

import pytest
from PIL import Image

from generations.media.credentials import has_credentials


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(out, form)
    return out.getvalue()


def in_jpeg(content: bytes, manifest: bytes = b"JP\0\1\0\0\0\1\0\0\1\0jumb\0\0\0\x1ejumdc2pa\0") -> bytes:
    return content[:2] + b"\xff\xeb" + struct.pack(">H", len(manifest) + 2) + manifest + content[2:]


def in_png(content: bytes) -> bytes:
    body = b"caBX" + b"jumb"
    return content[:33] + struct.pack(">I", 4) + body + struct.pack(">I", zlib.crc32(body)) + content[33:]


def in_webp(content: bytes) -> bytes:
    return content + b"C2PA" + struct.pack("<I", 3) + b"abc\0"


ADDED = {"JPEG": in_jpeg, "PNG": in_png, "WEBP": in_webp}


@pytest.mark.parametrize("form", ADDED)
def test_a_manifest_is_found(form: str):
    assert has_credentials(io.BytesIO(ADDED[form](picture(form))))


@pytest.mark.parametrize("form", ADDED)
def test_a_picture_without_one_has_none(form: str):
    assert not has_credentials(io.BytesIO(picture(form)))


def test_another_use_of_the_same_segment_is_no_manifest():
    assert not has_credentials(io.BytesIO(in_jpeg(picture("JPEG"), b"JP something else")))


def test_the_words_inside_a_picture_are_no_manifest():
    assert not has_credentials(io.BytesIO(picture("JPEG") + b"\xff\xeb\0\x10c2pa caBX C2PA"))


@pytest.mark.parametrize("form", ADDED)
@pytest.mark.parametrize("length", [0, 1, 11, 13, 20, 40])
def test_a_file_that_breaks_off_has_none(form: str, length: int):
    assert not has_credentials(io.BytesIO(picture(form)[:length]))


def test_a_length_that_leads_nowhere_ends_the_search():
    assert not has_credentials(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIDAT"))
    assert not has_credentials(io.BytesIO(b"\xff\xd8\xff\xe0\0\0" * 20_000))
