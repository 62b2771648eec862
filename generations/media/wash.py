"""Writes a picture anew from its pixels alone: `python -m generations.media.wash ORDER`, with order and answer in JSON.

It runs in a process of its own, which no hostile file can take beyond these limits, and whose memory is gone with it. No Django here.
"""

import json
import resource
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from typing import Any

from PIL import Image

from generations.media import colour, derive, look
from generations.media.look import NotAPicture, _

SECONDS = 20  # of a processor
MEMORY = 1024**3  # of addresses, and a third of that are libraries
LONGEST_FILE = 256 * 1024**2
# What a JPEG is written with: the first that is not too heavy. Quality, and how colours are thinned out: not at all, or by four.
QUALITIES = ((95, 0), (90, 0), (90, 2), (80, 2))
PACKING = 3  # of a PNG: 6 takes three times as long to save one byte in fifteen

NOTHING = _("Nothing of the image is left.")


@dataclass(frozen=True)
class Order:
    staged: str
    most_pixels: int
    fitting: int  # bytes that the result should not exceed, if a lower quality can do something about it
    box: tuple[int, int, int, int] | None = None  # left, upper, right, lower: what is kept
    aspect: float | None = None  # width by height, reached by a border
    border: str = "#ffffff"
    light: float | None = None  # as a JPEG whatever it was, with sides so much shorter


def wash(order: Order) -> dict[str, Any]:
    staged = Path(order.staged)
    image, kind = pixels(staged, order.most_pixels)
    if order.box:
        image = cropped(image, order.box)
    if order.aspect:
        image = padded(image, order.aspect, order.border, order.most_pixels)
    if order.light:
        image, kind = lightened(image, order.light), "jpeg"
    path = staged.with_name(f"{staged.name}.{kind}")
    write(image, path, kind, order.fitting)
    derived, placeholder = derive.shrink(image, path)
    facts = look.Facts(kind, *image.size, path.stat().st_size)
    return {"facts": asdict(facts), "path": str(path), "derived": {n: str(p) for n, p in derived.items()}, "placeholder": placeholder}


def pixels(staged: Path, most_pixels: int) -> tuple[Image.Image, str]:
    """And what it is written as. Providers take PNG and JPEG everywhere, WEBP only here and there."""
    with look.opened(staged, most_pixels) as opened:
        look.decode(opened)
        turn = colour.turn_of(opened)
        image = colour.turned(colour.plain(colour.smooth(opened)), turn)
        kind = "png" if opened.format == "PNG" or image.mode == "RGBA" else "jpeg"
        return image, kind


def cropped(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    left, upper, right, lower = max(0, box[0]), max(0, box[1]), min(image.width, box[2]), min(image.height, box[3])
    if left >= right or upper >= lower:
        raise NotAPicture(NOTHING)
    return image.crop((left, upper, right, lower))


def padded(image: Image.Image, aspect: float, border: str, most_pixels: int) -> Image.Image:
    """Rounded so that it lies on the right side of the aspect, where an engine begins to take it."""
    width, height = image.size
    size = (ceil(height * aspect), height) if width < height * aspect else (width, ceil(width / aspect))
    look.refuse_large(size[0] * size[1], most_pixels)
    canvas = Image.new(image.mode, size, border)
    canvas.paste(image, ((size[0] - width) // 2, (size[1] - height) // 2))
    return canvas


def lightened(image: Image.Image, share: float) -> Image.Image:
    """On white paper: a JPEG knows no transparency."""
    smaller = image if share == 1 else image.resize((ceil(image.width * share), ceil(image.height * share)))
    paper = Image.new("RGB", smaller.size, "white")
    paper.paste(smaller, mask=smaller if smaller.mode == "RGBA" else None)
    return paper


def write(image: Image.Image, path: Path, kind: str, fitting: int) -> None:
    if kind == "png":
        image.save(path, "PNG", compress_level=PACKING)
        return
    for quality, thinning in QUALITIES:
        image.save(path, "JPEG", quality=quality, subsampling=thinning)
        if path.stat().st_size <= fitting:
            return


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LONGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system limits everything
            resource.setrlimit(what, (most, most))


def main() -> None:
    limit()
    warnings.simplefilter("ignore")  # many a good camera writes notes that Pillow shakes its head at
    try:
        answer = wash(Order(**json.loads(sys.argv[1])))
    except NotAPicture as refusal:
        answer = {"message": refusal.message, "values": refusal.values}
    except OSError as error:
        answer = {"errno": error.errno}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
