"""The sky that outdoor scenes share: light, a sun or moon, birds, clouds, a kite."""

from math import pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import distance, lift, mix, shades
from generations.sandbox.easel.curves import Point, bezier, disc, place, ribbon, smooth, turn
from generations.sandbox.easel.ink import Fade


def air(canvas: Canvas, brief: Brief, horizon: float) -> None:
    """The sky fades to its lightest exactly at the horizon."""
    palette = brief.palette
    canvas.flood(palette.low)
    canvas.fill(
        [(0, 0), (canvas.wide, 0), (canvas.wide, horizon), (0, horizon)],
        Fade((palette.high, mix(palette.high, palette.low, 0.55), palette.low)),
    )


def sun(canvas: Canvas, brief: Brief, x: float, y: float, radius: float) -> None:
    palette, face = brief.palette, disc(x, y, radius)
    contrast, warm = distance(palette.glow, mix(palette.high, palette.low, 0.4)), either(brief.chance, 0.3)
    canvas.soft(disc(x, y, radius * 1.15), palette.glow, radius * 1.5, 0.55)
    if brief.motif:
        canvas.picture(face, brief.motif)
        _moons(canvas, brief, x, y, radius)
    elif contrast > (0.14 if warm else 0.085):
        canvas.fill(face, Fade((lift(palette.glow, 0.01), mix(palette.glow, palette.accents[1], 0.22))))
    else:  # a pale sun would drown in a pale sky
        canvas.fill(face, Fade((mix(palette.accents[1], palette.glow, 0.3), mix(palette.accents[0], palette.accents[1], 0.35))))


def _moons(canvas: Canvas, brief: Brief, x: float, y: float, radius: float) -> None:
    """Further pictures circle the first one, towards the middle of the sheet."""
    side = 1 if x < canvas.wide / 2 else -1
    for k, picture in enumerate(brief.pictures[1:4]):
        spot = x + side * radius * (1.55 + 0.95 * k), max(radius * 0.6, y - radius * (0.75 - 0.12 * k))
        canvas.picture(disc(*spot, radius * 0.4), picture)


def radius(brief: Brief, usual: float) -> float:
    """A sun that carries somebody's picture is large enough to look at."""
    return 0.19 if brief.motif else usual


def kite(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    first, lean = brief.palette.accents[0], 14 if either(brief.chance) else -14
    shade, body = lift(first, -0.07), lift(first, 0.03)
    nose, left, right, tail = (turn([point], lean)[0] for point in ((0, -1), (-0.62, -0.22), (0.62, -0.22), (0, 1.05)))
    halves = ((nose, left, tail), body), ((nose, right, tail), shade)
    for outline, ink in halves:
        canvas.fill(place(outline, x, y, size), Fade(shades(ink, 0, -0.05)))
    end = x - lean * 0.16 * size, y + size * 5.4
    start = place([tail], x, y, size)[0]
    line = smooth([start, *_flutter(start, end, size), end], steps=14)
    canvas.fill(ribbon(line, lambda t: 0.0052 * (1 - 0.55 * t)), shade)


def _flutter(start: Point, end: Point, size: float) -> list[Point]:
    shares = (0.25, 0.5, 0.75)
    return [(start[0] + (end[0] - start[0]) * t + sin(t * 2.2 * pi) * size * 0.62, start[1] + (end[1] - start[1]) * t) for t in shares]


def birds(canvas: Canvas, brief: Brief, x: float, y: float) -> None:
    chance = brief.chance
    flock = []
    for _ in range(5):
        size, dx, dy = chance.uniform(0.014, 0.026), chance.uniform(-0.14, 0.14), chance.uniform(-0.06, 0.06)
        for side in (-1, 1):
            wing = bezier((0, 0), (side * 0.5, -0.75), (side * 1.3, -0.28), 10)
            flock.append(place(ribbon(wing, lambda t: 0.26 * (1 - t) + 0.03), x + dx, y + dy, size))
    canvas.fill(flock, mix(brief.palette.ink, brief.palette.high, 0.25), 0.85)


def clouds(canvas: Canvas, brief: Brief, top: float, bottom: float) -> None:
    """Long flat banks, drier towards their ends."""
    chance = brief.chance
    for _ in range(2 + int(canvas.wide)):
        x, y, size = chance.uniform(0, canvas.wide), chance.uniform(top, bottom), chance.uniform(0.14, 0.3)
        bank = [place(ribbon([(-1, 0), (-0.3, -0.02), (0.4, 0.01), (1, 0)], lambda t: 0.16 * sin(pi * t) + 0.004), x, y, size)]
        bank.append(place(ribbon([(-0.5, 0), (0.1, 0), (0.7, 0)], lambda t: 0.12 * sin(pi * t) + 0.004), x + size * 0.2, y - 0.02, size))
        canvas.soft(bank, mix(brief.palette.low, brief.palette.glow, 0.6), 0.008, 0.55)
