"""Koi under lily pads, seen from above."""

from math import cos, hypot, pi, sin

from PIL.Image import Image

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import lift, lightness, mix, shades, tame
from generations.sandbox.easel.curves import Outline, Point, arc, disc, ellipse, place, ribbon, shifted, smooth, turn
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes.koi import koi

Spot = tuple[float, float, float]


def pond(canvas: Canvas, brief: Brief) -> None:
    chance, area = brief.chance, canvas.wide * canvas.tall
    _water(canvas, brief)
    guests = [(canvas.wide * chance.uniform(0.4, 0.6), canvas.tall * chance.uniform(0.4, 0.6), 0.3)] if brief.motif else []
    fish = _spread(brief, canvas, 2 + int(area / 1.2), 0.36, 0.2, guests)
    facing = chance.uniform(0, 360)
    for x, y, size in fish:
        koi(canvas, brief, (x, y), size * 0.95, facing + chance.uniform(-50, 50) + (180 if either(chance, 0.4) else 0))
    pads = [spot for spot in _spread(brief, canvas, 5 + int(4 * area), 0.2, -0.04, guests) if _clear(spot, fish)]
    for x, y, size in pads:
        _pad(canvas, brief, x, y, size)
    if pads:
        _lotus(canvas, brief, *max(pads, key=lambda spot: _inside(canvas, spot)))
    for (x, y, _), picture in zip(guests, brief.pictures, strict=False):
        _raft(canvas, brief, picture, x, y)


def _raft(canvas: Canvas, brief: Brief, picture: Image, x: float, y: float) -> None:
    """A round picture afloat among the leaves."""
    canvas.soft(disc(x + 0.012, y + 0.018, 0.19), brief.palette.ink, 0.016, 0.4)
    canvas.fill(disc(x, y, 0.192), brief.palette.paper)
    canvas.picture(disc(x, y, 0.182), picture)


def _inside(canvas: Canvas, spot: Spot) -> float:
    x, y, size = spot
    return min(x, canvas.wide - x, y, canvas.tall - y, 0.15) + size


def _water(canvas: Canvas, brief: Brief) -> None:
    chance, palette = brief.chance, brief.palette
    deep = palette.near if palette.dark or either(chance, 0.6) else mix(palette.accents[2], palette.low, 0.45)
    deep = mix(deep, palette.accents[2], 0.25)
    canvas.flood(Fade(shades(deep, 0.06, 0, -0.04), 60))
    ring_ink = mix(deep, palette.low, 0.5)
    for _ in range(4 + int(5 * canvas.wide * canvas.tall)):
        x, y, size = chance.uniform(0, canvas.wide), chance.uniform(0, canvas.tall), chance.uniform(0.05, 0.13)
        rings = [ribbon(arc(x, y, size * share, start, start + 300, 60), 0.0018) for share, start in ((1, 20), (0.72, 140), (0.45, 260))]
        canvas.fill(rings, ring_ink, 0.4)


def _spread(brief: Brief, canvas: Canvas, count: int, apart: float, margin: float, taken: list[Spot]) -> list[Spot]:
    """Places that leave room for each other; a crowded sheet simply gets fewer."""
    chance, spots = brief.chance, list[Spot]()
    for _ in range(count):
        tries = [(chance.uniform(margin, canvas.wide - margin), chance.uniform(margin, canvas.tall - margin)) for _ in range(16)]
        x, y = max(tries, key=lambda spot: _lonely(spot, [*taken, *spots]))
        if _lonely((x, y), [*taken, *spots]) > apart * 0.95:
            spots.append((x, y, apart * chance.uniform(0.72, 1.1)))
    return spots


def _lonely(spot: Point, others: list[Spot]) -> float:
    return min((hypot(spot[0] - x, spot[1] - y) for x, y, _ in others), default=9.0)


def _clear(spot: Spot, fish: list[Spot]) -> bool:
    return all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > (0.2 + spot[2] * 0.55) ** 2 for x, y, _ in fish)


def _pad(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    chance, palette = brief.chance, brief.palette
    green = mix(palette.far, palette.near, 0.55) if lightness(palette.near) < 0.4 else palette.near
    green = lift(tame(mix(green, (70, 140, 84), 0.5), 1.1), chance.uniform(-0.03, 0.05))
    notch, radius = chance.uniform(0, 360), size * 0.72
    pad = [(x, y), *arc(x, y, radius, notch + 17, notch + 343, 100)]
    canvas.soft(shifted(pad, 0.012, 0.018), brief.palette.ink, 0.014, 0.4)
    canvas.fill(pad, Fade(shades(green, 0.05, 0, -0.06), 50))
    with canvas.within(pad):
        canvas.soft(disc(x + radius * 0.25, y + radius * 0.3, radius * 0.75, 50), lift(green, -0.07), radius * 0.3, 0.5, 0.7)
        turns = [(notch + 17 + 326 * k / 11) * pi / 180 for k in range(1, 11)]
        veins = [
            ribbon([(x, y), (x + radius * 0.93 * cos(a), y + radius * 0.93 * sin(a))], lambda t: 0.0035 * (1 - t) + 0.0008) for a in turns
        ]
        canvas.fill(veins, lift(green, 0.09), 0.6)
    canvas.fill(ribbon(arc(x, y, radius, notch + 17, notch + 343, 100), 0.003), lift(green, 0.1), 0.6)


def _lotus(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    """Two rings of pointed petals round a golden heart, in the middle of its leaf."""
    palette, spins = brief.palette, brief.chance.uniform(0, 60)
    pale = mix(palette.paper, palette.accents[0], 0.16)
    petal = smooth([(0.1, 0), (0.42, 0.2), (0.78, 0.15), (1.0, 0), (0.78, -0.15), (0.42, -0.2)], closed=True, steps=6)
    canvas.soft(disc(x + 0.006, y + 0.01, size * 0.42, 40), palette.ink, 0.012, 0.4)
    for share, count, ink, shift in ((0.56, 8, mix(pale, palette.accents[0], 0.25), 0.0), (0.4, 7, pale, 22.0)):
        for k in range(count):
            leaf = place(turn(petal, spins + shift + 360 * k / count), x, y, size * share)
            canvas.fill(leaf, Fade((mix(ink, palette.accents[0], 0.4), ink), centre=_heart(leaf, (x, y)), reach=1.1))
    canvas.fill(ellipse(x, y, size * 0.1, size * 0.1, 30), palette.accents[1])
    dots: list[Outline] = [disc(x + size * 0.07 * cos(k), y + size * 0.07 * sin(k), size * 0.014, 8) for k in range(0, 7)]
    canvas.fill(dots, lift(palette.accents[1], -0.16))


def _heart(leaf: Outline, centre: Point) -> Point:
    """Where the flower's heart lies, in shares of one petal's own box."""
    xs, ys = [x for x, _ in leaf], [y for _, y in leaf]
    return (centre[0] - min(xs)) / (max(xs) - min(xs)), (centre[1] - min(ys)) / (max(ys) - min(ys))
