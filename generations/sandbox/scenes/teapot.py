"""An iron teapot with a bail handle, and steam."""

from math import pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import bezier, ellipse, mirrored, place, ribbon, smooth
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes.vessels import GLEAM, glaze, shadow

BODY = smooth(mirrored([(0.24, -0.74), (0.44, -0.64), (0.58, -0.4), (0.52, -0.16), (0.3, 0), (0, 0.035)]), closed=True)
BAIL = smooth([(-0.43, -0.7), (-0.43, -1.1), (-0.19, -1.37), (0.19, -1.37), (0.43, -1.1), (0.43, -0.7)])
SPOUT = bezier((-0.42, -0.26), (-0.78, -0.28), (-0.86, -0.74), 16)
LID = bezier((-0.27, -0.725), (0, -0.98), (0.27, -0.725), 20)


def teapot(canvas: Canvas, brief: Brief, x: float, y: float, size: float, ink: Colour) -> None:
    shadow(canvas, brief, x, y, size * 0.52, size * 0.75)
    metal = lift(brief.palette.ink, 0.08)
    canvas.fill(ribbon(place(SPOUT, x, y, size), lambda t: size * (0.25 - 0.145 * t)), Fade(shades(ink, 0.05, -0.1)))
    canvas.fill(ellipse(x - 0.86 * size, y - 0.745 * size, 0.055 * size, 0.02 * size, 24), lift(ink, -0.28))
    canvas.fill(ribbon(place(BAIL, x, y, size), 0.03 * size), metal)
    body = place(BODY, x, y, size)
    canvas.fill(body, glaze(ink))
    with canvas.within(body):
        canvas.soft(ellipse(x + 0.5 * size, y - 0.2 * size, 0.34 * size, 0.5 * size, 40), lift(ink, -0.2), 0.05, 0.4, 0.8)
        canvas.soft(ellipse(x - 0.3 * size, y - 0.5 * size, 0.06 * size, 0.1 * size, 30), mix(ink, GLEAM, 0.6), 0.015, 0.55)
    canvas.fill(ellipse(x, y - 0.735 * size, 0.285 * size, 0.035 * size, 40), lift(ink, -0.16))
    canvas.fill(place(LID, x, y, size), glaze(lift(ink, 0.02)))
    canvas.fill(ellipse(x, y - 0.885 * size, 0.065 * size, 0.055 * size, 30), glaze(metal))


def steam(canvas: Canvas, x: float, y: float, size: float, ink: Colour) -> None:
    for shift, high in ((-0.09, 0.75), (0.07, 1.0)):
        line = [(x + size * (shift + 0.07 * sin(t * 0.42)), y - size * high * t / 24) for t in range(25)]
        canvas.soft(ribbon(line, lambda t: size * 0.05 * sin(pi * t)), ink, 0.006, 0.6)
