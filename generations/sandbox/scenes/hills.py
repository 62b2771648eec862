"""Terraced hills behind hills, in morning mist."""

from collections.abc import Callable

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lift, mix
from generations.sandbox.easel.curves import Outline, place, ribbon, smooth, swell, under
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import sky

LAYERS = 6
CYPRESS = smooth(
    [
        (0, -2.1),
        (0.2, -1.35),
        (0.3, -0.65),
        (0.16, -0.22),
        (0.05, -0.12),
        (0.05, 0.1),
        (-0.05, 0.1),
        (-0.05, -0.12),
        (-0.16, -0.22),
        (-0.3, -0.65),
        (-0.2, -1.35),
    ],
    closed=True,
    steps=4,
)
Line = Callable[[float], float]


def hills(canvas: Canvas, brief: Brief) -> None:
    chance, left = brief.chance, either(brief.chance)
    horizon = canvas.tall * chance.uniform(0.4, 0.48)
    sky.air(canvas, brief, horizon + 0.1)
    third = canvas.wide * chance.uniform(0.22, 0.32)
    light, other = (third, canvas.wide - third) if left else (canvas.wide - third, third)
    size = sky.radius(brief, chance.uniform(0.075, 0.11))
    sky.sun(canvas, brief, light, horizon * chance.uniform(0.45, 0.62), size)
    for i in range(LAYERS):
        _layer(canvas, brief, i, horizon)
    if "kite" in brief.props:
        sky.kite(canvas, brief, other, horizon * 0.5, 0.075)
    elif either(chance):
        sky.birds(canvas, brief, other, horizon * 0.42)


def _layer(canvas: Canvas, brief: Brief, i: int, horizon: float) -> None:
    chance, palette, t = brief.chance, brief.palette, i / (LAYERS - 1)
    base = horizon + (canvas.tall - horizon) * (t * 0.82) ** 1.12
    wave, height = swell(chance, 0.42 + 0.3 * t), 0.095 - 0.04 * t
    line: Line = lambda x: base + wave(x) * height  # noqa: E731
    body = mix(palette.far, palette.near, t**1.15)
    foot = mix(body, palette.low, 0.5 * (1 - t) + 0.1)
    hill = under(line, -0.02, canvas.wide + 0.02, min(canvas.tall, base + 0.5))
    canvas.fill(hill, Fade((lift(body, 0.015), body, foot)))
    with canvas.within(hill):
        crest = [(x, y - 0.01) for x, y in hill[:-2]]
        canvas.soft(ribbon(crest, 0.06), lift(body, -0.06 + 0.02 * t), 0.03, 0.5, 0.55)
    if i >= 2:
        _terraces(canvas, line, base, mix(body, palette.glow, 0.42), t)
    if 1 <= i <= 3:
        _grove(canvas, brief, line, mix(body, palette.near, 0.45), 0.016 + 0.016 * t)


def _terraces(canvas: Canvas, line: Line, base: float, ink: Colour, t: float) -> None:
    """Contour lines, each a little flatter than the one above it."""
    lines = []
    for k in range(1, 6):
        drop, flat = k * (0.012 + 0.02 * t), 1 - 0.13 * k
        points = [(x / 40, base + (line(x / 40) - base) * flat + drop) for x in range(-1, int(canvas.wide * 40) + 3)]
        lines.append(ribbon(points, 0.0016 + 0.0016 * t))
    canvas.fill(lines, ink, 0.55)


def _grove(canvas: Canvas, brief: Brief, line: Line, ink: Colour, size: float) -> None:
    chance, trees = brief.chance, list[Outline]()
    for _ in range(1 + int(canvas.wide)):
        x = chance.uniform(0, canvas.wide)
        for _ in range(5):
            x += chance.uniform(0.6, 1.5) * size
            tall = chance.uniform(0.7, 1.3)
            trees.append(place(CYPRESS, x, line(x) + 0.002, size * tall))
    canvas.fill(trees, ink)
