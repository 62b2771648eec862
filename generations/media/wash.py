"""Writes a picture anew from its pixels alone: `python -m generations.media.wash ORDER`, with order and answer in JSON.

It runs in a process of its own, which no hostile file can take beyond these limits, and whose memory is gone with it. No Django here.
"""

import json
import os
import resource
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL.Image import Image

from generations.catalogue.engine import MEGABYTE
from generations.media import derive, look, memory, shapes
from generations.media.look import NotAPicture
from generations.media.pixels import aside, pixels

SECONDS = 20  # of a processor
MEMORY = 135 * MEGABYTE  # of its own; what it shares with others, such as its libraries, comes to another ten
ADDRESSES = 1024**3  # where the former cannot be limited
POLITE = 5  # whoever waits for a page comes first
LONGEST_FILE = 256 * 1024**2
# What a JPEG is written with: the first that is not too heavy. Quality, and how colours are thinned out: not at all, or by four.
QUALITIES = ((95, 0), (90, 0), (90, 2), (80, 2))
PACKING = 3  # of a PNG: 6 takes three times as long to save one byte in fifteen


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
        with aside(image, staged) as laid:
            image = shapes.cropped(laid, order.box)
    if order.aspect:
        with aside(image, staged) as laid:
            image = shapes.padded(laid, order.aspect, order.border, order.most_pixels)
    if order.light:
        with aside(image, staged) as laid:
            image, kind = shapes.lightened(laid, order.light), "jpeg"
    path = staged.with_name(f"{staged.name}.{kind}")
    write(image, path, kind, order.fitting)
    facts, copy = look.Facts(kind, *image.size, path.stat().st_size), shapes.small(image)
    image.close()
    derived, placeholder = derive.shrink(copy, path)
    return {"facts": asdict(facts), "path": str(path), "derived": {n: str(p) for n, p in derived.items()}, "placeholder": placeholder}


def write(image: Image, path: Path, kind: str, fitting: int) -> None:
    if kind == "png":
        image.save(path, "PNG", compress_level=PACKING)
        return
    for quality, thinning in QUALITIES:
        image.save(path, "JPEG", quality=quality, subsampling=thinning)
        if path.stat().st_size <= fitting:
            return


def limit() -> None:
    os.nice(POLITE)
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, ADDRESSES),
        (resource.RLIMIT_FSIZE, LONGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system limits everything
            resource.setrlimit(what, (most, most))


def main() -> None:
    limit()
    memory.keep_little()
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
