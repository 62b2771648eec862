"""Pears, apples, oranges, lemons. A size is half the width; (x, y) is where the fruit stands."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, bezier, disc, ellipse, mirrored, place, ribbon, smooth, turn
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes.vessels import GLEAM, shadow

PEAR = smooth(
    mirrored([(0, -2.42), (0.3, -2.3), (0.42, -1.95), (0.52, -1.6), (0.86, -1.15), (1.0, -0.66), (0.82, -0.18), (0.36, 0.02), (0, -0.03)]),
    closed=True,
)
APPLE = smooth(
    mirrored([(0, -1.66), (0.38, -1.82), (0.84, -1.62), (1.02, -1.08), (0.88, -0.46), (0.5, -0.03), (0.16, 0.0), (0, -0.05)]), closed=True
)
LEMON = smooth(mirrored([(0, -1.66), (0.6, -1.5), (1.06, -1.04), (1.32, -0.82), (1.06, -0.62), (0.6, -0.16), (0, 0.0)]), closed=True)
ORANGE = disc(0, -0.96, 1.0, 64)


def _round(canvas: Canvas, brief: Brief, outline: Outline, x: float, y: float, size: float, ink: Colour) -> None:
    """A lit ball: warm where the light falls, a grainy turn into shade, a gleam."""
    shadow(canvas, brief, x, y, size * 0.8, size * 1.1)
    sunny = lift(mix(ink, brief.palette.glow, 0.3), 0.02)
    canvas.fill(outline, Fade((sunny, *shades(ink, 0.02, 0, -0.1, -0.15)), centre=(0.34, 0.36), reach=0.86))
    with canvas.within(outline):
        shade, bounce = lift(ink, -0.22), mix(brief.palette.near, brief.palette.low, 0.4)
        canvas.soft(ellipse(x + size * 0.95, y - size * 0.35, size * 0.8, size * 0.9, 40), shade, 0.04, 0.3, 0.8)
        canvas.soft(ellipse(x + size * 0.1, y + size * 0.02, size * 0.8, size * 0.14, 30), bounce, 0.02, 0.3)
    canvas.soft(ellipse(x - size * 0.4, y - size * 1.32, size * 0.13, size * 0.1, 24), GLEAM, 0.012, 0.5)


def _stem(canvas: Canvas, brief: Brief, x: float, y: float, size: float, leaf: bool) -> None:
    lean = 0.22 if either(brief.chance) else -0.22
    canvas.fill(ribbon(place(bezier((0, 0.08), (0, -0.25), (lean, -0.5), 8), x, y, size), size * 0.095), lift(brief.palette.ink, 0.1))
    if leaf:
        green = mix(brief.palette.near, (92, 140, 72), 0.6)
        for belly, tone in ((0.42, -0.03), (-0.42, 0.05)):
            half = turn(bezier((0, 0), (0.5, belly), (1.05, 0), 12), -24 if lean > 0 else -156)
            canvas.fill(place(half, x, y - size * 0.1, size), lift(green, tone))


def pear(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour) -> None:
    lean = brief.chance.uniform(-9, 9)
    outline = place(turn(PEAR, lean), x, y, size)
    _round(canvas, brief, outline, x, y, size, ink)
    tip = place(turn([(0, -2.36)], lean), x, y, size)[0]
    _stem(canvas, brief, *tip, size, either(brief.chance))


def apple(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour) -> None:
    _round(canvas, brief, place(APPLE, x, y, size), x, y, size, ink)
    canvas.soft(ellipse(x, y - size * 1.63, size * 0.34, size * 0.08, 24), lift(ink, -0.2), 0.008, 0.7)
    _stem(canvas, brief, x, y - size * 1.62, size, either(brief.chance))


def orange(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour) -> None:
    _round(canvas, brief, place(ORANGE, x, y, size), x, y, size, ink)
    canvas.fill(disc(x + size * 0.12, y - size * 1.72, size * 0.07, 16), lift(ink, -0.2))


def lemon(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour) -> None:
    outline = place(turn(LEMON, brief.chance.uniform(-12, 12), (0, -0.8)), x, y, size * 0.9)
    _round(canvas, brief, outline, x, y, size * 0.9, ink)
