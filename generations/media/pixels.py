"""What is left of a file: its pixels, upright, in sRGB, and no more of them than is of any use."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

from PIL import Image
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from generations.media import colour, lines, look, thrift
from generations.media.strips import Laid, cut, cuts, scaled


def pixels(staged: Path, most_pixels: int) -> tuple[Image.Image, str]:
    """And what it is written as. Providers take PNG and JPEG everywhere, WEBP only here and there."""
    thrift.refuse_webp(staged)
    with look.opened(staged, most_pixels) as opened, unnamed(staged) as note, unnamed(staged) as file:
        with look.faults():
            thrift.prepare(opened)
            told, strips = read(opened, note)
            turn, profile = colour.turn_of(told), told.info.get("icc_profile")
            laid = Laid((plain(strip, profile) for strip in strips), file)
        opened.close()
        image = upright(laid, turn)
        return image, "png" if opened.format == "PNG" or image.mode == "RGBA" else "jpeg"


def read(opened: ImageFile, note: IO[bytes]) -> tuple[Image.Image, Iterator[Image.Image]]:
    """What says how the pixels are meant, and the pixels from top to bottom."""
    if isinstance(opened, PngImageFile) and not opened.info.get("interlace"):
        file = cast(IO[bytes], opened.fp)
        return lines.around(file, note), lines.strips(file)
    if isinstance(opened, WebPImageFile):
        return opened, whole(opened)
    opened.load()
    return opened, cut(opened)


def whole(opened: WebPImageFile) -> Iterator[Image.Image]:
    """Straight from its reader, which Pillow would copy once more."""
    found, *_times = opened._get_next()
    line = 4 * opened.width
    for top, bottom in cuts(opened.size):
        yield Image.frombytes(opened.mode, (opened.width, bottom - top), found[top * line : bottom * line], "raw", opened.rawmode)


def plain(strip: Image.Image, profile: bytes | None) -> Image.Image:
    strip.info["icc_profile"] = profile
    return colour.plain(colour.smooth(strip))


def upright(laid: Laid, turn: Transpose | None) -> Image.Image:
    size = kept_size(laid.size)
    image = Image.new(laid.mode, colour.size_seen(size, turn))
    for top, strip in scaled(laid.lines, laid.size, size):
        image.paste(colour.turned(strip, turn), colour.place_of(top, strip.height, size[1], turn))
    return image


def kept_size(size: tuple[int, int]) -> tuple[int, int]:
    share = min(1, sqrt(thrift.KEPT / (size[0] * size[1])))
    return max(1, int(size[0] * share)), max(1, int(size[1] * share))


@contextmanager
def aside(image: Image.Image, staged: Path) -> Iterator[Laid]:
    with unnamed(staged) as file:
        laid = Laid(cut(image), file)
        image.close()
        yield laid


def unnamed(staged: Path) -> IO[bytes]:
    """On the desk, and gone as soon as it is closed, or this process is."""
    return TemporaryFile(dir=staged.parent)
