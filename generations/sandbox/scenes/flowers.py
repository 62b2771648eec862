"""Flowers on bare stems. A head is drawn upright, the stem comes in at its foot from below."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, Point, bezier, ellipse, place, smooth, turn
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes.stems import heading, height, leaves, stalk

BACK = [(-0.95, -0.35), (-0.7, -1.0), (-0.1, -1.02), (0.1, -0.9), (0.62, -1.06), (0.98, -0.4), (0.5, 0.2), (-0.5, 0.2)]
FRONT = [(-0.96, -0.52), (-0.5, -0.24), (0.0, -0.4), (0.5, -0.22), (0.97, -0.54), (0.74, 0.18), (0.0, 0.55), (-0.72, 0.2)]
FOLD = [*bezier((-0.1, 0.5), (-0.02, 0.2), (0.0, -0.36), 10), *bezier((0.0, -0.36), (0.05, 0.2), (0.1, 0.5), 10)]
CUP = [*bezier((0, 0.6), (-1.15, 0.3), (-0.62, -1.05), 14), *bezier((-0.62, -1.05), (-0.2, -0.7), (0, -0.2), 8)]
HEART = [*bezier((0, 0.6), (-0.75, -0.1), (0, -1.2), 14), *bezier((0, -1.2), (0.75, -0.1), (0, 0.6), 14)]


def poppy(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    """A wide bowl of petals round a dark heart."""
    spot, lean, size = _stem(canvas, spine, ink)
    red = brief.palette.accents[0]

    def put(shape: Outline) -> Outline:
        return place(turn(shape, lean), *spot, size)

    canvas.fill(put(smooth(BACK, closed=True)), Fade(shades(red, -0.01, -0.09)))
    canvas.fill(put(ellipse(0, -0.5, 0.3, 0.2, 30)), brief.palette.ink)
    canvas.fill(put(smooth(FRONT, closed=True)), Fade(shades(red, 0.07, -0.01)))
    canvas.fill(put(FOLD), lift(red, -0.07), 0.5)


def tulip(canvas: Canvas, brief: Brief, spine: Outline, ink: Colour) -> None:
    spot, lean, size = _stem(canvas, spine, ink)
    lead, gold, _ = brief.palette.accents
    tone = mix(gold, lead, brief.chance.uniform(0.0, 0.5))
    canvas.fill(place(turn(HEART, lean), *spot, size), lift(tone, -0.06))
    for side, light in ((1, 0.035), (-1, -0.015)):
        petal = turn([(x * side, y) for x, y in CUP], lean)
        canvas.fill(place(petal, *spot, size), Fade(shades(tone, light + 0.03, light - 0.03)))


def _stem(canvas: Canvas, spine: Outline, ink: Colour) -> tuple[Point, float, float]:
    """A bare stem, shorter than its spine by the flower, with a few long blades low down; then where and how large the head is."""
    stem = spine[: len(spine) * 7 // 8]
    stalk(canvas, stem, ink, 0.009)
    blades = []
    for t, side, size in ((0.06, -1, 0.4), (0.1, 1, 0.34), (0.28, -1, 0.22), (0.4, 1, 0.16)):
        spot, facing = heading(stem, t)
        blades.append((spot, facing + side * 27, height(stem) * size))
    leaves(canvas, blades, 0.085, ink)
    tip, facing = heading(stem, 1.0)
    return tip, facing + 90, height(stem) * 0.13
