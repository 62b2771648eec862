"""Turned pots, cups and a teapot. One unit of size is the height of the pot; light comes from the left."""

from math import cos, pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, Point, ellipse, place, smooth
from generations.sandbox.easel.ink import RIGHT, Fade

GLEAM = (255, 252, 244)
# Half widths from the lip (height 1) down to the foot (height 0).
PROFILES: dict[str, list[Point]] = {
    "bottle": [(0.1, 1.0), (0.085, 0.93), (0.085, 0.78), (0.12, 0.66), (0.25, 0.52), (0.3, 0.34), (0.26, 0.12), (0.17, 0.0)],
    "urn": [(0.17, 1.0), (0.15, 0.93), (0.16, 0.86), (0.3, 0.72), (0.385, 0.52), (0.36, 0.28), (0.25, 0.08), (0.19, 0.0)],
    "drop": [(0.07, 1.0), (0.06, 0.9), (0.065, 0.74), (0.1, 0.6), (0.22, 0.43), (0.32, 0.25), (0.28, 0.07), (0.2, 0.0)],
    "tall": [(0.16, 1.0), (0.13, 0.93), (0.15, 0.8), (0.21, 0.62), (0.235, 0.42), (0.2, 0.18), (0.14, 0.04), (0.135, 0.0)],
    "moon": [(0.16, 1.0), (0.14, 0.95), (0.2, 0.88), (0.4, 0.68), (0.47, 0.46), (0.4, 0.22), (0.22, 0.04), (0.18, 0.0)],
    "bowl": [(0.95, 1.0), (0.9, 0.75), (0.74, 0.42), (0.48, 0.12), (0.34, 0.04), (0.32, 0.0)],
    "cup": [(0.56, 1.0), (0.55, 0.72), (0.5, 0.4), (0.38, 0.12), (0.3, 0.04), (0.3, 0.0)],
}


def shadow(canvas: Canvas, brief: Brief, x: float, y: float, wide: float, reach: float) -> None:
    """Dark right under the thing, then running away from the light."""
    ink = mix(brief.palette.ink, brief.palette.near, 0.35)
    canvas.soft(ellipse(x + reach * 0.45, y - 0.002, wide + reach * 0.5, wide * 0.2, 48), ink, 0.03, 0.5, 0.35)
    canvas.soft(ellipse(x + wide * 0.1, y + 0.002, wide * 0.95, wide * 0.13, 48), ink, 0.01, 0.75)


def body(kind: str, x: float, y: float, size: float) -> Outline:
    """The outline, with a foot and a lip that are seen slightly from above."""
    side = smooth(PROFILES[kind], steps=8)
    foot = [(side[-1][0] * cos(pi * i / 24), -0.2 * side[-1][0] * sin(pi * i / 24)) for i in range(1, 24)]
    lip = [(-side[0][0] * cos(pi * i / 24), 1.0 + side[0][0] * 0.2 * sin(pi * i / 24)) for i in range(1, 24)]
    points = [*side, *foot, *[(-px, py) for px, py in side[::-1]], *lip]
    return place([(px, -py) for px, py in points], x, y, size)


def glaze(ink: Colour) -> Fade:
    """Round: a dim edge, the lit side, then slowly into shade and a little light back from behind."""
    return Fade(shades(ink, -0.05, 0.065, 0.03, 0, -0.07, -0.14, -0.11), RIGHT)


def pot(canvas: Canvas, brief: Brief, kind: str, x: float, y: float, size: float, ink: Colour, dip: Colour | None = None) -> None:
    outline = body(kind, x, y, size)
    wide = max(px for px, _ in PROFILES[kind]) * size
    shadow(canvas, brief, x, y, PROFILES[kind][-1][0] * size * 1.25, wide * 1.5)
    canvas.fill(outline, glaze(ink))
    with canvas.within(outline):
        if dip:
            _dip(canvas, x, y, size, wide, dip)
        canvas.soft(ellipse(x + wide * 0.95, y - size * 0.3, wide * 0.75, size * 0.62, 48), lift(ink, -0.2), 0.05, 0.35, 0.8)
        canvas.soft(ellipse(x - wide * 0.42, y - size * 0.55, wide * 0.07, size * 0.17, 32), mix(ink, GLEAM, 0.6), 0.014, 0.5)
    lip = PROFILES[kind][0][0] * size
    canvas.fill(ellipse(x, y - size, lip, lip * 0.2, 48), Fade(shades(ink, -0.02, 0.07), RIGHT))
    canvas.fill(ellipse(x, y - size + lip * 0.025, lip * 0.86, lip * 0.145, 48), Fade(shades(ink, -0.32, -0.2), RIGHT))


def _dip(canvas: Canvas, x: float, y: float, size: float, wide: float, ink: Colour) -> None:
    """The lower part in a second glaze, its edge curving with the pot."""
    edge = [(x + wide * 1.2 * (-1 + 2 * i / 20), y - size * 0.46 + size * 0.05 * sin(pi * i / 20)) for i in range(21)]
    canvas.fill([*edge, (x + wide * 1.2, y + size * 0.1), (x - wide * 1.2, y + size * 0.1)], glaze(ink))


def cup(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour, tea: Colour) -> None:
    """A handleless cup, filled."""
    pot(canvas, brief, "cup", x, y, size, ink)
    lip = PROFILES["cup"][0][0] * size
    canvas.fill(ellipse(x, y - size + lip * 0.035, lip * 0.82, lip * 0.135, 48), Fade(shades(tea, -0.06, 0.08), RIGHT))
