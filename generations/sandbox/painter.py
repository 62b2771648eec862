"""Paints what a prompt asks for, as far as a painter without a model can: the same words always give the same picture."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import ceil, sqrt

from PIL import Image

from generations.sandbox.easel import finish
from generations.sandbox.easel.borrow import borrowed, flat
from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import stream
from generations.sandbox.scenes import SCENES, Scene
from generations.sandbox.subject import read

# Scenes are drawn on at most this many pixels and enlarged: soft shapes lose nothing, and a 4K picture costs little more than a 2K one.
# Where everything is sped up, nobody looks long, and a sheet is a tenth of that; where nobody looks at all, the dots of a small one are
# blown up, which also makes the file quicker to write and to read.
SHEET, SKETCH, BLOT = 2_100_000, 210_000, 50_000
SMALLEST, LARGEST, LONGEST = 64, 16_384, 16
MOST = 8192 * 8192
GAP = 0.03
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class Unpaintable(ValueError):
    """The reason as one sentence for whoever asked."""


def paint(prompt: str, index: int, width: int, height: int, references: Sequence[Image.Image] = (), sheet: int = SHEET) -> Image.Image:
    check(width, height)
    subject, pictures = read(prompt, index), [flat(reference) for reference in references]
    palette = borrowed(pictures) if pictures else subject.palette
    share = min(1.0, sqrt(sheet / (width * height)))
    image = Image.new("RGB", (max(1, round(width * share)), max(1, round(height * share))), palette.paper)
    scene = SCENES[subject.scene]
    for number, box in enumerate(leaves(image.size, folds(scene, width / height))):
        brief = Brief(palette, stream(prompt, index, number), subject.props, pictures)
        image.paste(_leaf(scene, brief, box), box[:2])
    image = finish.wash(image)
    if share < 1:
        image = image.resize((width, height), Image.Resampling.BICUBIC if sheet > BLOT else Image.Resampling.NEAREST)
    if sheet > BLOT:
        finish.grain(image)
    finish.mark(image)
    return image


def check(width: int, height: int) -> None:
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise Unpaintable(f"A picture of {width}x{height} pixels is out of range: each side must have {SMALLEST} to {LARGEST} pixels.")
    if width * height > MOST:
        raise Unpaintable(f"A picture of {width}x{height} pixels is too large: it may have at most {MOST} pixels.")
    if max(width, height) > LONGEST * min(width, height):
        raise Unpaintable(f"A picture of {width}x{height} pixels is too narrow: one side may be at most {LONGEST} times the other.")


def folds(scene: Scene, shape: float) -> int:
    """How many leaves a very long picture has, as a folding screen has them. The tolerance keeps 4:1 at 4:1 at every size."""
    return ceil(max(1.0, shape / scene.broad, scene.narrow / shape) - 0.01)


def leaves(size: tuple[int, int], count: int) -> list[tuple[int, int, int, int]]:
    width, height = size
    gap = max(2, round(min(size) * GAP)) if count > 1 else 0
    length = max(size)
    starts = [round(i * (length + gap) / count) for i in range(count + 1)]
    edges = [(start, after - gap) for start, after in pairwise(starts)]
    return [(start, 0, stop, height) if width >= height else (0, start, width, stop) for start, stop in edges]


def _leaf(scene: Scene, brief: Brief, box: tuple[int, int, int, int]) -> Image.Image:
    canvas = Canvas(box[2] - box[0], box[3] - box[1])
    scene.draw(canvas, brief)
    return canvas.image


def encode(image: Image.Image, format: str) -> bytes:
    """`jpg`, `png` or `webp`; the same picture always gives the same bytes."""
    out = BytesIO()
    if format == "png":
        image.save(out, "PNG", compress_level=2)
    elif format == "webp":
        image.save(out, "WEBP", quality=88, method=1)
    elif format in ("jpg", "jpeg"):
        image.save(out, "JPEG", quality=90, subsampling=0)
    else:
        raise Unpaintable(f"The sandbox writes {', '.join(FORMATS)}, not “{format}”.")
    return out.getvalue()
