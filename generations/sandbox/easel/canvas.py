"""The sheet a scene is drawn on. Coordinates are in units of its short side, so a scene never knows its pixels.

Pillow draws hard edges. Each shape is therefore drawn as a mask at twice the size and only over its own box, shrunk, and
used to lay its ink: smooth edges, and a small shape costs little.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import ceil, floor

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from generations.sandbox.easel.chance import stream
from generations.sandbox.easel.curves import Outline
from generations.sandbox.easel.ink import DOWN, Fade, Frame, Ink, patch

Box = tuple[int, int, int, int]
NOISE = 256


class Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height))
        self.unit = min(width, height)
        self.wide, self.tall = width / self.unit, height / self.unit
        self.finer = 3 if width * height > 400_000 else 4
        self.clip: Box = (0, 0, width, height)

    def flood(self, ink: Ink) -> None:
        self.image.paste(patch(ink, self.image.size, (0, 0, 1, 1)))

    def fill(self, shapes: Outline | Sequence[Outline], ink: Ink, alpha: float = 1.0) -> None:
        """One ink over one or many outlines; a fade runs over all of them together."""
        outlines = _many(shapes)
        if box := self._box(outlines):
            self._lay(ink, self._mask(outlines, box), box, outlines, alpha)

    def veil(self, shape: Outline, ink: Ink, start: float, stop: float, angle: float = DOWN, grain: float = 0.0) -> None:
        """An ink that goes from one strength to another: mist, light, a shadow that runs out."""
        if box := self._box([shape]):
            first, last = (round(share * 255) for share in (start, stop))
            run = Fade(((first,) * 3, (last,) * 3), angle)
            strength = patch(run, (box[2] - box[0], box[3] - box[1]), self._seen(box, [shape])).getchannel(0)
            if grain:
                strength = Image.blend(strength, speckled(strength), grain)
            self._lay(ink, ImageChops.multiply(self._mask([shape], box), strength), box, [shape], 1.0)

    def soft(self, shapes: Outline | Sequence[Outline], ink: Ink, blur: float, alpha: float = 1.0, grain: float = 0.0) -> None:
        """A shape without an edge: shadows, glows, fog. `grain` breaks it into specks, as a dry brush does."""
        outlines = _many(shapes)
        if not (box := self._box(outlines, blur * 3)):
            return
        coarse = max(1.0, blur * self.unit / 4)
        size = max(1, round((box[2] - box[0]) / coarse)), max(1, round((box[3] - box[1]) / coarse))
        mask = Image.new("L", size)
        self._draw(mask, outlines, (box[0], box[1]), size[0] / (box[2] - box[0]), size[1] / (box[3] - box[1]))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * self.unit / coarse)).resize(
            (box[2] - box[0], box[3] - box[1]), Image.Resampling.BICUBIC
        )
        if grain:
            mask = Image.blend(mask, speckled(mask), grain)
        self._lay(ink, mask, box, outlines, alpha)

    @contextmanager
    def within(self, outline: Outline) -> Iterator[None]:
        """What is drawn inside the block shows only inside the outline."""
        whole, box = self.clip, self._box([outline]) or (0, 0, 0, 0)
        before, outside = self.image.crop(box), ImageOps.invert(self._mask([outline], box))
        self.clip = box
        yield
        self.clip = whole
        self.image.paste(before, box[:2], outside)

    def picture(self, outline: Outline, motif: Image.Image) -> None:
        """A picture cropped to fill an outline."""
        if box := self._box([outline]):
            size = box[2] - box[0], box[3] - box[1]
            self.image.paste(ImageOps.fit(motif, size, Image.Resampling.BICUBIC), box[:2], self._mask([outline], box))

    def reveal(self, outline: Outline, scene: Image.Image) -> None:
        """Another picture of the same size, seen through a hole in this one."""
        if box := self._box([outline]):
            self.image.paste(scene.crop(box), box[:2], self._mask([outline], box))

    def _box(self, outlines: Sequence[Outline], margin: float = 0.0) -> Box | None:
        left, top, right, bottom = _bounds(outlines)
        clip, unit = self.clip, self.unit
        box = (
            max(clip[0], floor((left - margin) * unit)),
            max(clip[1], floor((top - margin) * unit)),
            min(clip[2], ceil((right + margin) * unit) + 1),
            min(clip[3], ceil((bottom + margin) * unit) + 1),
        )
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _mask(self, outlines: Sequence[Outline], box: Box) -> Image.Image:
        fine = Image.new("L", ((box[2] - box[0]) * self.finer, (box[3] - box[1]) * self.finer))
        self._draw(fine, outlines, (box[0], box[1]), self.finer, self.finer)
        return fine.reduce(self.finer)

    def _draw(self, mask: Image.Image, outlines: Sequence[Outline], origin: tuple[int, int], across: float, down: float) -> None:
        pen, unit, (left, top) = ImageDraw.Draw(mask), self.unit, origin
        for outline in outlines:
            if len(outline) > 2:
                pen.polygon([((x * unit - left) * across, (y * unit - top) * down) for x, y in outline], fill=255)

    def _lay(self, ink: Ink, mask: Image.Image, box: Box, outlines: Sequence[Outline], alpha: float) -> None:
        if alpha < 1:
            mask = mask.point([round(step * alpha) for step in range(256)])
        seen = self._seen(box, outlines) if isinstance(ink, Fade) else (0.0, 0.0, 1.0, 1.0)
        self.image.paste(patch(ink, mask.size, seen), box[:2], mask)

    def _seen(self, box: Box, outlines: Sequence[Outline]) -> Frame:
        left, top, right, bottom = _bounds(outlines)
        wide, tall = max(right - left, 1e-6), max(bottom - top, 1e-6)
        unit = self.unit
        return (box[0] / unit - left) / wide, (box[1] / unit - top) / tall, (box[2] / unit - left) / wide, (box[3] / unit - top) / tall


def _many(shapes: Outline | Sequence[Outline]) -> Sequence[Outline]:
    return [shapes] if shapes and isinstance(shapes[0], tuple) else shapes  # type: ignore[list-item, return-value]


def _bounds(outlines: Sequence[Outline]) -> Frame:
    xs = [x for outline in outlines for x, _ in outline] or [0.0]
    ys = [y for outline in outlines for _, y in outline] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(1)
def noise() -> Image.Image:
    """Even noise between 40 and 215, once per process."""
    grey = stream("noise").randbytes(NOISE * NOISE)
    return Image.frombytes("L", (NOISE, NOISE), grey).point([40 + step * 175 // 255 for step in range(256)])


def tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new(tile.mode, size)
    for top in range(0, size[1], tile.height):
        for left in range(0, size[0], tile.width):
            sheet.paste(tile, (left, top))
    return sheet


def speckled(mask: Image.Image) -> Image.Image:
    """A grey mask as specks: the darker, the rarer."""
    return ImageChops.subtract(mask, tiled(noise(), mask.size), scale=0.25, offset=128)
