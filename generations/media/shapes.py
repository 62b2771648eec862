"""Another picture made of one that lies aside."""

from math import ceil

from PIL import Image

from generations.media import derive, look, thrift
from generations.media.look import NotAPicture, _
from generations.media.strips import Laid, held, scaled

NOTHING = _("Nothing of the image is left.")


def small(image: Image.Image) -> Image.Image:
    """Enough for all copies."""
    size = derive.within(image.size, derive.LARGEST)
    copy = Image.new(image.mode, size)
    for top, strip in scaled(held(image), image.size, size, derive.GAP):
        copy.paste(strip, (0, top))
    return copy


def cropped(laid: Laid, box: tuple[int, int, int, int]) -> Image.Image:
    left, upper, right, lower = max(0, box[0]), max(0, box[1]), min(laid.width, box[2]), min(laid.height, box[3])
    if left >= right or upper >= lower:
        raise NotAPicture(NOTHING)
    image = Image.new(laid.mode, (right - left, lower - upper))
    for top, strip in scaled(laid.lines, laid.size, laid.size):
        image.paste(strip, (-left, top - upper))
    return image


def padded(laid: Laid, aspect: float, border: str, most_pixels: int) -> Image.Image:
    """Rounded so that it lies on the right side of the aspect, where an engine begins to take it."""
    width, height = laid.size
    size = (ceil(height * aspect), height) if width < height * aspect else (width, ceil(width / aspect))
    look.refuse_large(size[0] * size[1], min(most_pixels, thrift.KEPT))
    image = Image.new(laid.mode, size, border)
    for top, strip in scaled(laid.lines, laid.size, laid.size):
        image.paste(strip, ((size[0] - width) // 2, (size[1] - height) // 2 + top))
    return image


def lightened(laid: Laid, share: float) -> Image.Image:
    """On white paper: a JPEG knows no transparency."""
    size = (ceil(laid.width * share), ceil(laid.height * share))
    paper = Image.new("RGB", size, "white")
    for top, strip in scaled(laid.lines, laid.size, size):
        paper.paste(strip, (0, top), strip if strip.mode == "RGBA" else None)
    return paper
