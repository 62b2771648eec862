"""Smaller copies of a picture, and one so small that it stands in the page itself."""

from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image as Imaging
from PIL.Image import Image, Resampling

from generations.media.names import SIDES

METHOD, QUALITY = 2, 80  # the next methods take twice the time to save one byte in twenty
LARGEST = max(SIDES)
MOST_SIGNS = 900
GAP = 1.5  # what becomes much smaller is made so in two steps, the first a quick one
Begin = Callable[[Callable[[], None]], object]
TINY = ((24, 40), (16, 30), (8, 20), (4, 10))  # side and quality: the first that is short enough


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """As large as fits, never larger than it is, never nothing."""
    share = min(1, side / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def fitted(image: Image, side: int) -> Image:
    size = within(image.size, side)
    return image if size == image.size else image.resize(size, Resampling.BICUBIC, reducing_gap=GAP)


def fitted_at_once(image: Image, side: int, hands: Executor) -> Image:
    """The same by two hands: above and below a line that nobody sees, for each looks over it."""
    (width, height), half = within(image.size, side), within(image.size, side)[1] // 2
    if (width, height) == image.size or not half:
        return fitted(image, side)

    def part(top: int, bottom: int) -> Image:
        box = (0, top * image.height / height, image.width, bottom * image.height / height)
        return image.resize((width, bottom - top), Resampling.BICUBIC, box, reducing_gap=GAP)

    whole, below = Imaging.new(image.mode, (width, height)), hands.submit(part, half, height)
    whole.info = image.info
    whole.paste(part(0, half))
    whole.paste(below.result(), (0, half))
    return whole


def shrink(image: Image, beside: Path, begin: Begin = lambda work: work()) -> tuple[dict[int, Path], str]:
    """A file for every side, so that whoever asks for one finds it, each made of the next larger; and the placeholder. Where `begin`
    has it done by others, the files are there once they have finished."""
    made: dict[int, Path] = {}
    for side in sorted(SIDES, reverse=True):
        image, made[side] = fitted(image, side), beside.with_name(f"{beside.name}.{side}.webp")
        begin(partial(image.save, made[side], "WEBP", method=METHOD, quality=QUALITY))
    return made, placeholder(image)


def placeholder(image: Image) -> str:
    return next(uri for side, quality in TINY if len(uri := written(fitted(image, side), quality)) <= MOST_SIGNS)


def written(image: Image, quality: int) -> str:
    file = BytesIO()
    image.save(file, "WEBP", method=4, quality=quality)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
