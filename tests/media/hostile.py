"""Files that are no pictures we keep, and the sentence each of them gets. The numbers are those of the catalogue of bad inputs."""

import io
import json
import zipfile
import zlib
from functools import cache

from generations.media.look import DAMAGED, EMPTY, FOREIGN, MOVING, WORDY
from tests.media.pictures import (
    PNG,
    chunk,
    drawn,
    header,
    jpeg,
    moving,
    painting,
    passes,
    png,
    saved,
    sized_jpeg,
    sized_png,
    sized_webp,
    webp,
)

SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("picture.png", png())
    return file.getvalue()


@cache
def packed_zeros(millions: int) -> bytes:
    """A million bytes of nothing are packed; the others are the same again. Then comes their sum."""
    pack = zlib.compressobj(1, wbits=-15)
    million = pack.compress(bytes(10**6)) + pack.flush(zlib.Z_FULL_FLUSH)
    adler = (millions * 10**6 % 65521) << 16 | 1
    return b"\x78\x01" + million * millions + pack.flush() + adler.to_bytes(4, "big")


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def foreign() -> dict[str, bytes]:
    """36 to 38: not one of the three, whatever the file is called."""
    return {
        "text": b"a red kite above terraced tea fields",
        "a page": b"<!doctype html>" + SCRIPT,
        "data": json.dumps({"data": []}).encode(),
        "a document": b"%PDF-1.7\n",
        "an archive": packed(),
        "a drawing": SVG,
        "a drawing with a prologue": b"<?xml version='1.0'?>" + SVG,
        **{form: saved(painting(), form) for form in ("GIF", "BMP", "TIFF", "ICO", "JPEG2000", "AVIF", "PPM", "EPS", "PCX", "TGA")},
        "PSD": b"8BPS\0\1" + bytes(40),
        "HEIC": b"\0\0\0\x18ftypheic" + bytes(40),
        "FITS": b"SIMPLE  =                    T",
        "another RIFF": b"RIFF\x24\0\0\0WAVEfmt " + bytes(24),
    }


def damaged() -> dict[str, bytes]:
    """39 and 40."""
    whole = {"png": png(), "jpeg": jpeg(), "webp": webp()}
    return {
        **{f"half a {kind}": data[: len(data) // 2] for kind, data in whole.items()},
        **{f"the first bytes of a {kind}": data[:40] for kind, data in whole.items()},
        "a checksum of the pixels": flipped(png(), png().index(b"IDAT") + 20),
        "a checksum of the header": flipped(png(), 30),
        "a PNG without an end": png()[:-12],
        "only a header": PNG + header(10, 10) + chunk(b"IEND"),
        "only a signature": PNG,
        "0 x 0 png": sized_png(0, 0),
        "0 x 9 jpeg": sized_jpeg(0, 9),
        "lines that are missing": drawn(64, 64, data=zlib.compress(b"\0" * 1000)),
        "pixels that are no zlib": drawn(64, 64, data=b"not packed at all"),
        "a JPEG of thousands of passes": passes(2000),
        "a WEBP of noise": webp()[:30] + b"\xa5" * (len(webp()) - 30),
    }


def moved() -> dict[str, bytes]:
    """45."""
    return {"APNG": moving("PNG"), "WEBP": moving("WEBP")}


def wordy() -> dict[str, bytes]:
    """43: text that unpacks to 300 MB, and 72 MB of it as it stands; before the pixels and after them."""
    bomb = chunk(b"zTXt", b"Comment\0\0" + packed_zeros(300))
    story = chunk(b"tEXt", b"Comment\0" + b"x" * 60_000) * 1200
    return {
        "a text bomb": drawn(8, 8, bomb),
        "a text bomb at the end": drawn(8, 8, after=bomb),
        "an international text bomb": drawn(8, 8, chunk(b"iTXt", b"Comment\0\1\0\0\0" + bomb[17:-4])),
        "1200 texts": drawn(8, 8, story),
        "1200 texts at the end": drawn(8, 8, after=story),
    }


LARGE = {
    "a PNG of 3600 megapixels": (lambda: sized_png(60_000, 60_000), "Image has 3 600 megapixels; the limit is 36."),
    "a PNG of 100 megapixels": (lambda: sized_png(10_000, 10_000), "Image has 100 megapixels; the limit is 36."),
    "a PNG of a little more than 36": (lambda: sized_png(6000, 6001), "Image has 37 megapixels; the limit is 36."),
    "a JPEG of 4295 megapixels": (lambda: sized_jpeg(65_500, 65_500), "Image has 4 291 megapixels; the limit is 36."),
    "a WEBP of 268 megapixels": (lambda: sized_webp(16_383, 16_383), "Image has 269 megapixels; the limit is 36."),
}


def all_refused() -> dict[str, tuple[bytes, str]]:
    said = {EMPTY: {"nothing": b""}, FOREIGN: foreign(), DAMAGED: damaged(), MOVING: moved(), WORDY: wordy()}
    named = {name: (data, sentence) for sentence, files in said.items() for name, data in files.items()}
    return named | {name: (make(), sentence) for name, (make, sentence) in LARGE.items()}
