"""A PNG strip by strip. Pillow only reads it as a whole, so it is unpacked here, and Pillow reads each strip as a small PNG of its own."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from struct import pack, unpack
from typing import IO

from PIL.Image import Image
from PIL.PngImagePlugin import PngImageFile

from generations.media.look import DAMAGED, NotAPicture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a pixel, by the kind of PNG
PIECE = 64 * 1024
STRIP = 1024 * 1024


@dataclass(frozen=True)
class Header:
    width: int
    height: int
    depth: int
    kind: int

    @property
    def line(self) -> int:
        """Bytes, without the one that says how it is filtered."""
        return (self.width * SAMPLES[self.kind] * self.depth + 7) // 8

    def with_(self, **changes: int) -> "Header":
        return Header(**{**vars(self), **changes})

    def chunk(self) -> bytes:
        return chunk(b"IHDR", pack(">IIBBBBB", self.width, self.height, self.depth, self.kind, 0, 0, 0))


def strips(file: IO[bytes]) -> Iterator[Image]:
    """Of one that is whole and not interlaced. Where sixteen bits stand for a sample, the first eight are taken."""
    header, beside = read_header(file), read_colours(file)
    shown = header.with_(depth=min(8, header.depth))
    # Filters work on bytes, so those of several pixels that share a byte are undone as if that byte were one pixel.
    plain = shown if shown.depth == 8 else Header(header.line, header.height, 8, 0)
    unpacked, before = Unpacked(file), b""
    for count in counts(header):
        lines = unpacked.take(count * (1 + header.line))
        if header.depth == 16:
            lines = thinned(lines, header.line)
        strip = small(plain, before + lines, beside if plain is shown else b"")
        strip = strip.crop((0, 1 if before else 0, *strip.size))
        before = b"\0" + strip.crop((0, strip.height - 1, *strip.size)).tobytes()
        yield strip if plain is shown else small(shown, unfiltered(strip), beside)


def counts(header: Header) -> Iterator[int]:
    tall = max(1, STRIP // (1 + header.line))
    return (min(tall, header.height - top) for top in range(0, header.height, tall))


def small(header: Header, lines: bytes, beside: bytes) -> Image:
    header = header.with_(height=len(lines) // (1 + header.line))
    pixels = chunk(b"IDAT", zlib.compress(lines, 0))
    image = PngImageFile(BytesIO(SIGNATURE + header.chunk() + beside + pixels + chunk(b"IEND")))
    image.load()
    return image


def thinned(lines: bytes, line: int) -> bytes:
    """Filters never mix the first byte of a sample with its second, so the second can go before they are undone."""
    return b"".join(lines[at : at + 1] + lines[at + 1 : at + 1 + line : 2] for at in range(0, len(lines), 1 + line))


def unfiltered(strip: Image) -> bytes:
    lines = strip.tobytes()
    return b"".join(b"\0" + lines[at : at + strip.width] for at in range(0, len(lines), strip.width))


class Unpacked:
    """What the pixels are packed into, no more of it at once than is asked for."""

    def __init__(self, file: IO[bytes]) -> None:
        self.packed, self.unpack, self.ready = packed(file), zlib.decompressobj(), bytearray()

    def take(self, count: int) -> bytes:
        while len(self.ready) < count:
            piece = self.unpack.unconsumed_tail or next(self.packed, b"")
            more = self.unpack.decompress(piece, STRIP)
            if not piece and not more:
                raise NotAPicture(DAMAGED)
            self.ready += more
        taken = bytes(self.ready[:count])
        del self.ready[:count]
        return taken


# --- the file ---


def chunks(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Name and length; the file stands where its content begins."""
    at = len(SIGNATURE)
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        length, name = unpack(">I4s", head)
        yield name, length
        at += 12 + length


def packed(file: IO[bytes]) -> Iterator[bytes]:
    for name, length in chunks(file):
        while name == b"IDAT" and length > 0:
            piece = file.read(min(length, PIECE))
            length -= len(piece) or length
            yield piece


def read_header(file: IO[bytes]) -> Header:
    file.seek(16)
    return Header(*unpack(">IIBB", file.read(10)))


def read_colours(file: IO[bytes]) -> bytes:
    """The palette, and which colour is none: the chunks a strip cannot be read without."""
    deep, found = read_header(file).depth == 16, b""
    for name, length in chunks(file):
        if name == b"IDAT":
            break
        if name in (b"PLTE", b"tRNS"):
            content = file.read(length)
            found += chunk(name, spread(content) if deep and name == b"tRNS" else content)
    return found


def spread(samples: bytes) -> bytes:
    """Eight bits of sixteen, in the place of sixteen."""
    return b"".join(b"\0" + samples[at : at + 1] for at in range(0, len(samples), 2))


def around(file: IO[bytes], into: IO[bytes]) -> PngImageFile:
    """The same with a single pixel: everything that is said beside the pixels, read and judged by Pillow."""
    header = read_header(file).with_(width=1, height=1)
    into.write(SIGNATURE + header.chunk())
    pixel = chunk(b"IDAT", zlib.compress(bytes(1 + header.line)))
    for name, length in chunks(file):
        if name == b"IDAT":
            into.write(pixel)
            pixel = b""
        elif name != b"IHDR":
            file.seek(-8, 1)
            copy(file, into, 12 + length)
    into.seek(0)
    image = PngImageFile(into)
    image.load()
    return image


def copy(file: IO[bytes], into: IO[bytes], length: int) -> None:
    while length > 0 and (piece := file.read(min(length, PIECE))):
        into.write(piece)
        length -= len(piece)


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
