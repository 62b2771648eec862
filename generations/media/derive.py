"""Smaller copies of a picture, and one so small that it stands in the page itself."""

import shutil
from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL.Image import Image, Resampling

from generations.media.names import SIDES

METHOD, QUALITY = 2, 80  # the next methods take twice the time to save one byte in twenty
LARGEST = max(SIDES)
MOST_SIGNS = 900
TINY = ((24, 40), (16, 30), (8, 20), (4, 10))  # side and quality: the first that is short enough


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """As large as fits, never larger than it is, never nothing."""
    share = min(1, side / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def fitted(image: Image, side: int) -> Image:
    size = within(image.size, side)
    return image if size == image.size else image.resize(size, Resampling.BICUBIC, reducing_gap=1.5)


def shrink(image: Image, beside: Path) -> tuple[dict[int, Path], str]:
    """A file for every side, so that whoever asks for one finds it, each made of the next larger; and the placeholder."""
    made: dict[int, Path] = {}
    for side in sorted(SIDES, reverse=True):
        smaller, path = fitted(image, side), beside.with_name(f"{beside.name}.{side}.webp")
        if made and smaller is image:  # a small picture is the same for every side
            shutil.copyfile(made[min(made)], path)
        else:
            smaller.save(path, "WEBP", method=METHOD, quality=QUALITY)
        made[side], image = path, smaller
    return made, placeholder(image)


def placeholder(image: Image) -> str:
    return next(uri for side, quality in TINY if len(uri := written(fitted(image, side), quality)) <= MOST_SIGNS)


def written(image: Image, quality: int) -> str:
    file = BytesIO()
    image.save(file, "WEBP", method=4, quality=quality)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
