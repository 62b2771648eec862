"""Single plants along a spine that runs from the foot to the tip. Every leaf has a light half and a dark half."""

from math import atan2, cos, pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, Point, bezier, disc, place, ribbon, turn
from generations.sandbox.easel.ink import Fade


def heading(spine: Outline, t: float) -> tuple[Point, float]:
    """The place at a share of the way, and the direction of growth in degrees."""
    i = min(int(t * (len(spine) - 1)), len(spine) - 2)
    (x, y), (ahead, up) = spine[i], spine[i + 1]
    part = t * (len(spine) - 1) - i
    return (x + (ahead - x) * part, y + (up - y) * part), atan2(up - y, ahead - x) * 180 / pi


def height(spine: Outline) -> float:
    return abs(spine[0][1] - spine[-1][1])


def stalk(canvas: Canvas, spine: Outline, ink: Colour, width: float = 0.009) -> None:
    canvas.fill(ribbon(spine, lambda t: width * (1 - 0.7 * t)), lift(ink, -0.04))


def _leaf(belly: float) -> tuple[Outline, Outline]:
    """The two halves of a leaf of length 1 along x."""
    upper, lower = bezier((0, 0), (0.42, -belly * 2), (1, 0), 14), bezier((0, 0), (0.42, belly * 2), (1, 0), 14)
    return upper, lower


def leaves(canvas: Canvas, places: list[tuple[Point, float, float]], belly: float, ink: Colour) -> None:
    """Leaves at (where, direction, length)."""
    halves = zip(_leaf(belly), (lift(ink, 0.055), lift(ink, -0.035)), strict=True)
    for half, colour in halves:
        canvas.fill(
            [place(turn(half, facing), *spot, size) for spot, facing, size in places],
            Fade(shades(colour, 0.025, 0, -0.02)),
        )


def spray(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    """Long leaves in pairs and a bud on top."""
    stalk(canvas, spine, ink)
    high, places = height(spine), list[tuple[Point, float, float]]()
    pairs = 9
    for k in range(pairs):
        t = 0.22 + 0.72 * k / (pairs - 1)
        spot, facing = heading(spine, t)
        size = high * (0.2 - 0.125 * ((t - 0.3) / 0.7) ** 1.2 if t > 0.3 else 0.19)
        for side in (-1, 1):
            places.append((spot, facing + side * (52 - 16 * t), size * brief.chance.uniform(0.92, 1.06)))
    tip, facing = heading(spine, 1.0)
    leaves(canvas, [*places, (tip, facing, high * 0.11)], 0.15, ink)


def fern(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    """A frond: many narrow leaflets, short at both ends."""
    stalk(canvas, spine, ink, 0.008)
    high, places = height(spine), list[tuple[Point, float, float]]()
    pairs = 24
    for k in range(pairs):
        t = 0.16 + 0.83 * k / (pairs - 1)
        spot, facing = heading(spine, t)
        size = high * 0.185 * sin(pi * min(1, 0.22 + 0.8 * (t - 0.16) / 0.83)) ** 0.85 + 0.008
        places += [(spot, facing + side * (66 - 22 * t), size) for side in (-1, 1)]
    leaves(canvas, places, 0.085, ink)


def coin(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    """Eucalyptus: round leaves, one side after the other."""
    stalk(canvas, spine, ink, 0.007)
    high, count = height(spine), 15
    pale = mix(ink, brief.palette.paper, 0.16)
    for k in range(count):
        t = 0.2 + 0.78 * k / (count - 1)
        (x, y), facing = heading(spine, t)
        size, side = high * (0.062 - 0.03 * t), 1 if k % 2 else -1
        angle = (facing + side * 62) * pi / 180
        leaf = disc(x + cos(angle) * size * 1.15, y + sin(angle) * size * 1.15, size, 48)
        canvas.fill(leaf, Fade(shades(pale, 0.04, -0.05), 70 * side))
        vein = ribbon([(x, y), (x + cos(angle) * size * 1.7, y + sin(angle) * size * 1.7)], 0.0028)
        canvas.fill(vein, lift(ink, -0.04), 0.7)


def twig(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    """Bare and forked, a berry at each end."""
    stalk(canvas, spine, ink, 0.0075)
    high, sprigs, berries = height(spine), list[Outline](), list[Outline]()
    for k in range(11):
        t, side = 0.34 + 0.66 * k / 10, 1 if k % 2 else -1
        (x, y), facing = heading(spine, t)
        angle, size = (facing + side * (0 if k == 10 else 38)) * pi / 180, high * (0.16 - 0.1 * t)
        end = x + cos(angle) * size, y + sin(angle) * size
        sprigs.append(ribbon(bezier((x, y), (x + cos(angle) * size * 0.6, y + sin(angle) * size * 0.3), end, 8), 0.0035))
        berries.append(disc(*end, high * 0.0155 * brief.chance.uniform(0.8, 1.15), 28))
    canvas.fill(sprigs, lift(ink, -0.04))
    berry = brief.palette.accents[0]
    for outline in berries:
        canvas.fill(outline, Fade(shades(berry, 0.06, 0, -0.07), centre=(0.35, 0.3)))
