"""The largest pictures that are taken, of every kind, and those just beyond. Their pixels are dull: memory does not depend on them."""

import zlib
from collections.abc import Callable

from PIL import Image

from tests.media.pictures import PNG, chunk, header, saved, swapped_profile

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = ((8, 8), (8, 8), (4, 8), (4, 4), (2, 4), (2, 2), (1, 2))  # of an interlaced PNG: how much narrower and lower than the whole
STARTS = ((0, 0), (4, 0), (0, 4), (2, 0), (0, 2), (1, 0), (0, 1))


def blank(width: int, height: int, depth: int, kind: int, interlaced: bool = False) -> bytes:
    """A PNG. It is packed line by line, so that whoever measures memory makes none dear."""
    pack, found = zlib.compressobj(1), bytearray()
    for across, down in sizes(width, height) if interlaced else [(width, height)]:
        line = bytes(1 + (across * SAMPLES[kind] * depth + 7) // 8)
        for _line in range(down):
            found += pack.compress(line)
    found += pack.flush()
    head = header(width, height, depth, kind)
    if interlaced:
        head = chunk(b"IHDR", head[8:-5] + b"\1")
    palette = chunk(b"PLTE", bytes(768)) + chunk(b"tRNS", bytes(200)) if kind == 3 else b""
    return PNG + head + palette + chunk(b"IDAT", bytes(found)) + chunk(b"IEND")


def sizes(width: int, height: int) -> list[tuple[int, int]]:
    found = [(-(-(width - x) // narrow), -(-(height - y) // low)) for (x, y), (narrow, low) in zip(STARTS, PASSES, strict=True)]
    return [size for size in found if 0 not in size]


def photo(mode: str, width: int, height: int, **options: object) -> bytes:
    """On its side, and in colours of its own: both have to be mended, which is where copies come from."""
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = {"icc_profile": swapped_profile()} if mode == "RGB" else {}
    return saved(Image.new(mode, (width, height)), "JPEG", exif=exif, **profile, **options)


def canvas(width: int, height: int, mode: str = "RGB", **options: object) -> bytes:
    return saved(Image.new(mode, (width, height)), "WEBP", method=0, icc_profile=swapped_profile(), **options)


def noisy(side: int, part: int) -> bytes:
    """Without loss, and partly of what cannot be packed."""
    image = Image.new("RGB", (side, side))
    image.paste(Image.merge("RGB", [Image.effect_noise((part, part), 200) for _colour in "rgb"]))
    return saved(image, "WEBP", lossless=True, method=0, quality=0)


TAKEN: dict[str, Callable[[], bytes]] = {
    "PNG of 16 bits with transparency, as wide as any engine takes": lambda: blank(24_000, 1500, 16, 6),
    "PNG with a palette": lambda: blank(6000, 6000, 8, 3),
    "PNG, interlaced": lambda: blank(5000, 6000, 16, 6, interlaced=True),
    "JPEG that is made a little smaller": lambda: photo("RGB", 6000, 5000),
    "JPEG of inks that is read at half its size": lambda: photo("CMYK", 6000, 6000),
    "JPEG, progressive, every colour": lambda: photo("RGB", 4120, 4160, progressive=True, subsampling=0),
    "JPEG, progressive, thinned": lambda: photo("RGB", 6000, 5000, progressive=True, subsampling=2),
    "WEBP": lambda: canvas(3000, 3000),
    "WEBP without loss and with transparency": lambda: canvas(3000, 3000, "RGBA", lossless=True, exact=True),
    "WEBP that is nearly too heavy": lambda: noisy(3000, 2000),
}

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG, interlaced": (
        lambda: blank(5001, 6000, 8, 2, interlaced=True),
        "Image has 31 megapixels; the limit for an interlaced PNG is 30. Save it without interlacing.",
    ),
    "JPEG, progressive": (
        lambda: photo("RGB", 4200, 4100, progressive=True, subsampling=0),
        "Image has 18 megapixels; the limit for a progressive JPEG is 17. Save it as a plain JPEG, or smaller.",
    ),
    "WEBP": (lambda: canvas(3001, 3000), "Image has 10 megapixels; the limit for WEBP is 9. Save it as PNG or JPEG."),
    "WEBP that is heavy": (
        lambda: canvas(30, 30, exif=bytes(12 * 1024**2)),
        "File is 12.1 MB; the limit for WEBP is 12 MB. Save it as PNG or JPEG.",
    ),
    "WEBP with a long note": (
        lambda: canvas(3000, 3000, exif=bytes(12 * 1024**2 - 40_000)),
        "The image takes more time or memory than the studio gives to one.",
    ),
    "a single endless line": (
        lambda: blank(36_000_000, 1, 8, 2),
        "The image takes more time or memory than the studio gives to one.",
    ),
}
