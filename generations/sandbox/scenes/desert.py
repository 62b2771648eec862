"""Dunes: one long crest after another, with the side that lies in shadow."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lift, mix
from generations.sandbox.easel.curves import Point, ribbon, smooth
from generations.sandbox.easel.ink import LEFT, RIGHT, Fade
from generations.sandbox.scenes import sky

DUNES = 6


def desert(canvas: Canvas, brief: Brief) -> None:
    chance, tall = brief.chance, canvas.tall
    horizon = tall * chance.uniform(0.42, 0.5)
    sky.air(canvas, brief, horizon + 0.06)
    light = canvas.wide * (chance.uniform(0.22, 0.36) if either(chance) else chance.uniform(0.62, 0.8))
    size = sky.radius(brief, chance.uniform(0.075, 0.13))
    sky.sun(canvas, brief, light, horizon - chance.uniform(0.08, 0.2), size)
    if "birds" in brief.props or either(chance, 0.3):
        sky.birds(canvas, brief, canvas.wide - light, horizon * 0.5)
    for i in range(DUNES):
        _row(canvas, brief, i, horizon, -1 if light < canvas.wide / 2 else 1)


def _row(canvas: Canvas, brief: Brief, i: int, horizon: float, sunny: int) -> None:
    """One line of dunes from edge to edge, then the shadow below each summit."""
    palette, t = brief.palette, i / (DUNES - 1)
    base = horizon + (canvas.tall - horizon) * (t * 0.86) ** 1.25
    high, stride = 0.05 + 0.06 * t, 0.42 + 0.34 * t
    knots = _knots(brief, canvas.wide, base, high, stride)
    crest = smooth(knots, steps=16)
    body = mix(palette.far, palette.near, 0.62 * t**1.3)
    lit = mix(body, palette.glow, 0.22 * (1 - 0.4 * t))
    dune = [*crest, (crest[-1][0], base + 0.6), (crest[0][0], base + 0.6)]
    canvas.fill(dune, Fade((lit, body, lift(body, -0.05))))
    shade = mix(lift(body, -0.11), palette.near, 0.18)
    with canvas.within(dune):
        for k in range(1, len(knots) - 1):
            if knots[k][1] < knots[k - 1][1] and knots[k][1] < knots[k + 1][1]:
                _shadow(canvas, brief, knots[k], knots[k - sunny], shade)
        canvas.soft(ribbon(crest, 0.012), mix(lit, palette.glow, 0.5), 0.006, 0.5)


def _knots(brief: Brief, wide: float, base: float, high: float, stride: float) -> list[Point]:
    """Summit, saddle, summit: sharp enough to cast a shadow, soft enough to be sand."""
    chance, x, up = brief.chance, -0.5 * brief.chance.random() - 0.3, either(brief.chance)
    knots = []
    while x < wide + 0.9:
        knots.append((x, base - high * chance.uniform(0.5, 1.0) if up else base + high * chance.uniform(0.1, 0.6)))
        x, up = x + stride * chance.uniform(0.6, 1.15), not up
    return knots


def _shadow(canvas: Canvas, brief: Brief, top: Point, saddle: Point, shade: Colour) -> None:
    """From the summit down a winding edge into the hollow, running out before it gets there."""
    chance, run, drop = brief.chance, saddle[0] - top[0], saddle[1] - top[1]
    end = saddle[0] + run * chance.uniform(0.25, 0.6), saddle[1] + drop * chance.uniform(0.5, 1.0)
    bends = [(top[0] + run * right, top[1] + drop * down) for right, down in ((0.1, 0.55), (0.04, 1.1), (0.42, 1.55))]
    above = [end, (end[0], top[1] - 0.1), (top[0], top[1] - 0.1)]
    canvas.veil([*smooth([top, *bends, end], steps=12), *above], shade, 0.95, 0.0, RIGHT if run > 0 else LEFT)
