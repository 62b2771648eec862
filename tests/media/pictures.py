"""Pictures of every kind, good and bad, made where they are needed."""

import io
import zlib
from pathlib import Path
from struct import pack
from typing import Any

from PIL import Image, ImageCms

PNG = b"\x89PNG\r\n\x1a\n"


def painting(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Its four corners are red, green, blue and white, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    for colour, corner in (("red", (0, 0)), ("lime", (half[0], 0)), ("blue", (0, half[1]))):
        image.paste(colour, (*corner, corner[0] + half[0], corner[1] + half[1]))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    fine, coarse = Image.effect_noise((width, height), 30), Image.effect_noise((width // 8, height // 8), 90).resize((width, height))
    return Image.merge("RGB", (coarse, fine, Image.linear_gradient("L").resize((width, height))))


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(painting(), "JPEG", **{"quality": 90, "subsampling": 0, **options})


def png(mode: str = "RGB", **options: Any) -> bytes:
    return saved(painting(mode=mode), "PNG", **options)


def webp(**options: Any) -> bytes:
    return saved(painting(), "WEBP", **{"quality": 90, **options})


def seen(file: Path) -> Image.Image:
    """With the file closed again."""
    return Image.open(io.BytesIO(file.read_bytes()))


# --- by hand ---


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))


def header(width: int, height: int, depth: int = 8, kind: int = 2) -> bytes:
    return chunk(b"IHDR", pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))


def drawn(width: int, height: int, *before: bytes, data: bytes | None = None, after: bytes = b"") -> bytes:
    """A PNG of one colour, with chunks of one's own around the pixels."""
    lines = zlib.compress(b"\0" * (height * (1 + 3 * width))) if data is None else data
    return PNG + header(width, height) + b"".join(before) + chunk(b"IDAT", lines) + after + chunk(b"IEND")


def sized_png(width: int, height: int) -> bytes:
    """A header that promises much, and next to nothing behind it."""
    return drawn(width, height, data=zlib.compress(b"\0" * 100))


def sized_jpeg(width: int, height: int) -> bytes:
    found = jpeg()
    at = found.index(b"\xff\xc0") + 5
    return found[:at] + pack(">HH", height, width) + found[at + 4 :]


def sized_webp(width: int, height: int) -> bytes:
    """The extended kind, whose canvas is a number of its own."""
    inner = webp()[12:]
    extended = b"VP8X" + pack("<I", 10) + b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + pack("<I", 4 + len(extended + inner)) + b"WEBP" + extended + inner


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), (shade, 0, 0)) for shade in (0, 120, 240)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=50)


def turned(orientation: int) -> bytes:
    """As a camera held on its side writes it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return jpeg(exif=exif)


def passes(count: int) -> bytes:
    """A progressive JPEG whose last pass comes again and again."""
    found = jpeg(progressive=True)
    last = found.rindex(b"\xff\xda")
    return found[:-2] + found[last:-2] * count + found[-2:]


def swapped_profile() -> bytes:
    """A colour profile in which red and green have changed places."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace("sRGB".encode("utf-16-be"), "Mine".encode("utf-16-be"))
    return data.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
