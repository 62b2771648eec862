"""The sea as a print: scales of water, or cut-paper rollers, under a plain sun."""

from math import pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lightness, mix, shades
from generations.sandbox.easel.curves import disc, ribbon, under
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import sky


def waves(canvas: Canvas, brief: Brief) -> None:
    chance, palette = brief.chance, brief.palette
    ground = palette.paper if not palette.dark else mix(palette.high, palette.ink, 0.35)
    canvas.flood(Fade((ground, mix(ground, palette.low, 0.35))))
    shore = canvas.tall * chance.uniform(0.46, 0.56)
    size = sky.radius(brief, chance.uniform(0.12, 0.19))
    x = canvas.wide * (chance.uniform(0.28, 0.4) if either(chance) else chance.uniform(0.6, 0.72))
    disc_ = disc(x, shore - size * chance.uniform(0.4, 1.35), size)
    if brief.motif:
        canvas.picture(disc_, brief.motif)
    else:
        canvas.fill(disc_, palette.accents[0] if not palette.dark else palette.glow)
    if either(chance):
        _scales(canvas, brief, shore, ground)
    else:
        _rollers(canvas, brief, shore, ground)


def _blues(brief: Brief) -> list[Colour]:
    """Three waters from this palette, of which the darkest is truly dark."""
    palette = brief.palette
    deep = min(palette.near, palette.ink, key=lambda colour: abs(lightness(colour) - 0.3))
    return [deep, mix(deep, palette.accents[2], 0.55), mix(palette.accents[2], palette.low, 0.3)]


def _scales(canvas: Canvas, brief: Brief, shore: float, foam: Colour) -> None:
    """Seigaiha: rows of rings, each row covering the lower half of the one behind."""
    size, waters = brief.chance.uniform(0.085, 0.12), _blues(brief)
    light = mix(foam, brief.palette.paper, 0.5) if lightness(foam) > 0.5 else mix(brief.palette.paper, brief.palette.low, 0.3)
    rows = int((canvas.tall - shore) / (size * 0.5)) + 3
    for row in range(rows):
        y, shift = shore + size + row * size * 0.5, size if row % 2 else 0.0
        places = [i * size * 2 + shift for i in range(-1, int(canvas.wide / (size * 2)) + 2)]
        water = mix(waters[0], waters[1], 0.6 * (1 - row / rows) if row % 2 else 0.15)
        for k, share in enumerate((1.0, 0.93, 0.72, 0.62, 0.42, 0.33)):
            canvas.fill([disc(x, y, size * share, 48) for x in places], light if k % 2 == 0 else water)


def _rollers(canvas: Canvas, brief: Brief, shore: float, foam: Colour) -> None:
    """Bands of scalloped water with a pale rim and fine lines that follow it."""
    chance, waters, rows = brief.chance, _blues(brief), 7
    rim = mix(brief.palette.paper, brief.palette.low, 0.2)
    for row in range(rows):
        t = row / (rows - 1)
        base = shore + (canvas.tall - shore) * t * 0.93 + 0.05
        pace, high, phase = 1.9 - 0.75 * t, 0.034 + 0.05 * t, chance.random()
        shape = under(lambda x: base - high * abs(sin(pi * (x * pace + phase))) ** 0.75, -0.02, canvas.wide + 0.02, base + 0.5, 420)  # noqa: B023
        water = mix(mix(waters[2], waters[1], min(1, t * 2)), waters[0], max(0.0, t * 1.5 - 0.5))
        canvas.fill(shape, Fade(shades(water, 0.03, 0)))
        edge = shape[:-2]
        canvas.fill(ribbon(edge, 0.009 + 0.005 * t), rim)
        lines = [ribbon([(x, y + drop * (0.018 + 0.014 * t)) for x, y in edge], 0.0022 + 0.0018 * t) for drop in (1, 2, 3, 4)]
        canvas.fill(lines, mix(water, rim, 0.5), 0.75)
