"""What a shape is filled with: a colour, or a fade from one colour to the next."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

from PIL import Image

from generations.sandbox.easel.colour import Colour, mix

DOWN, RIGHT, LEFT, UP = 90.0, 0.0, 180.0, -90.0
Frame = tuple[float, float, float, float]


@dataclass(frozen=True)
class Fade:
    """Colours in equal steps along a direction in degrees, or outwards from a centre given in shares of the shape."""

    colours: tuple[Colour, ...]
    angle: float = DOWN
    centre: tuple[float, float] | None = None
    reach: float = 0.75


Ink = Colour | Fade


@lru_cache(512)
def ramp(colours: tuple[Colour, ...]) -> list[Colour]:
    """256 steps. Few true OKLab mixtures with straight lines between them: exact enough, and twenty times as quick."""
    knots = 8 * (len(colours) - 1)
    exact = [_along(colours, i / knots) for i in range(knots + 1)]
    return [_straight(exact, i / 255) for i in range(256)]


def _along(colours: tuple[Colour, ...], share: float) -> Colour:
    place = share * (len(colours) - 1)
    first = min(int(place), len(colours) - 2)
    return mix(colours[first], colours[first + 1], place - first)


def _straight(knots: list[Colour], share: float) -> Colour:
    place = share * (len(knots) - 1)
    first = min(int(place), len(knots) - 2)
    low, high, part = knots[first], knots[first + 1], place - first
    r, g, b = (round(a + (c - a) * part) for a, c in zip(low, high, strict=True))
    return r, g, b


def patch(ink: Ink, size: tuple[int, int], seen: Frame) -> Image.Image:
    """A rectangle of this ink; `seen` is the part of the whole shape that is to be seen, in shares of it."""
    if not isinstance(ink, Fade):
        return Image.new("RGB", size, ink)
    if ink.centre is None and ink.angle == DOWN:
        return _strip(ink, (1, size[1]), seen[1], seen[3]).resize(size, Image.Resampling.NEAREST)
    if ink.centre is None and ink.angle == RIGHT:
        return _strip(ink, (size[0], 1), seen[0], seen[2]).resize(size, Image.Resampling.NEAREST)
    return _grid(ink, size, seen)


def _strip(ink: Fade, size: tuple[int, int], start: float, stop: float) -> Image.Image:
    steps, colours = max(size), ramp(ink.colours)
    strip = Image.new("RGB", size)
    strip.putdata([colours[_step(start + (stop - start) * (i + 0.5) / steps)] for i in range(steps)])
    return strip


def _step(share: float) -> int:
    return min(max(int(share * 255 + 0.5), 0), 255)


def _grid(ink: Fade, size: tuple[int, int], seen: Frame) -> Image.Image:
    cells, colours = 28, ramp(ink.colours)
    grid = Image.new("RGB", (cells, cells))
    spots = [(i + 0.5) / cells for i in range(cells)]
    xs = [seen[0] + (seen[2] - seen[0]) * spot for spot in spots]
    ys = [seen[1] + (seen[3] - seen[1]) * spot for spot in spots]
    grid.putdata([colours[_step(_share(ink, x, y))] for y in ys for x in xs])
    return grid.resize(size, Image.Resampling.BICUBIC)


def _share(ink: Fade, x: float, y: float) -> float:
    if ink.centre is not None:
        return hypot(x - ink.centre[0], y - ink.centre[1]) / ink.reach
    c, s = cos(ink.angle * pi / 180), sin(ink.angle * pi / 180)
    return ((x - 0.5) * c + (y - 0.5) * s) / (abs(c) + abs(s)) + 0.5
