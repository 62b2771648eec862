"""A PNG that is read strip by strip looks like one that Pillow reads as a whole."""

import io
import random
import zlib

import pytest
from PIL import Image, PngImagePlugin

from generations.media import colour, lines
from generations.media.look import NotAPicture
from tests.media import pictures
from tests.media.pictures import PNG, chunk, header

KINDS = [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (2, 3), (4, 3), (8, 3), (8, 4), (16, 4), (8, 6), (16, 6)]
WIDTH, HEIGHT = 37, 50


@pytest.fixture(autouse=True)
def _thin(monkeypatch):
    monkeypatch.setattr(lines, "STRIP", 700)


def grain(depth: int, kind: int, beside: bytes = b"", height: int = HEIGHT) -> bytes:
    """Any bytes, filtered in any way: whatever they are, they are a picture."""
    chance = random.Random(f"{depth} {kind}")
    line = (WIDTH * lines.SAMPLES[kind] * depth + 7) // 8
    filtered = b"".join(bytes([chance.randrange(5)]) + chance.randbytes(line) for _line in range(height))
    palette = chunk(b"PLTE", chance.randbytes(3 * 2 ** min(depth, 8))) if kind == 3 else b""
    pixels = zlib.compress(filtered)
    parts = b"".join(chunk(b"IDAT", pixels[at : at + 100]) for at in range(0, len(pixels), 100))
    return PNG + header(WIDTH, HEIGHT, depth, kind) + palette + beside + parts + chunk(b"IEND")


def in_strips(data: bytes) -> tuple[int, Image.Image]:
    found = [colour.smooth(strip) for strip in lines.strips(io.BytesIO(data))]
    image = Image.new(found[0].mode, (WIDTH, sum(strip.height for strip in found)))
    top = 0
    for strip in found:
        image.paste(strip, (0, top))
        top += strip.height
    return len(found), image


def as_a_whole(data: bytes) -> Image.Image:
    image = PngImagePlugin.PngImageFile(io.BytesIO(data))
    image.load()
    return colour.smooth(image)


@pytest.mark.parametrize(("depth", "kind"), KINDS)
def test_every_kind_of_png_and_every_filter(depth, kind):
    count, image = in_strips(grain(depth, kind))
    whole = as_a_whole(grain(depth, kind))
    assert count > 1 or WIDTH * HEIGHT * depth // 8 < 700
    assert (image.mode, image.size, image.tobytes()) == (whole.mode, whole.size, whole.tobytes())


@pytest.mark.parametrize(("depth", "kind", "clear"), [(8, 0, b"\0\7"), (4, 0, b"\0\7"), (8, 2, b"\0\1\0\2\0\3"), (8, 3, bytes(range(200)))])
def test_what_is_transparent_stays_so(depth, kind, clear):
    data = grain(depth, kind, chunk(b"tRNS", clear))
    image = in_strips(data)[1]
    assert image.mode == "RGBA"
    assert image.tobytes() == as_a_whole(data).tobytes()


def test_a_colour_of_sixteen_bits_that_is_none_is_none():
    data = pictures.drawn(8, 8, chunk(b"tRNS", b"\0\0" * 3), data=zlib.compress(bytes(8 * 49)))
    deep = data.replace(header(8, 8), header(8, 8, depth=16))
    (strip,) = map(colour.smooth, lines.strips(io.BytesIO(deep)))
    assert strip.getpixel((3, 3)) == (0, 0, 0, 0)


@pytest.mark.parametrize("data", [grain(8, 2, height=HEIGHT - 1), grain(8, 2)[:-80], grain(8, 2).replace(b"IDAT", b"iDAT")])
def test_pixels_that_are_missing(data):
    with pytest.raises(NotAPicture, match="damaged"):
        list(lines.strips(io.BytesIO(data)))


def test_what_stands_beside_the_pixels_is_read_as_ever():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a kite")
    data = pictures.png("P", pnginfo=text, icc_profile=pictures.swapped_profile(), exif=b"Exif\0\0MM")
    image = lines.around(io.BytesIO(data), io.BytesIO())
    whole = Image.open(io.BytesIO(data))
    assert image.size == (1, 1)
    assert (image.text, image.info["icc_profile"]) == (whole.text, whole.info["icc_profile"])
