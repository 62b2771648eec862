"""A cat on a window sill, from behind."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import lift, lightness, mix, shades
from generations.sandbox.easel.curves import bezier, disc, ellipse, mirrored, place, ribbon, smooth
from generations.sandbox.easel.ink import Fade

HEAD = [(0, -1.085), (0.13, -1.07), (0.2, -1.17), (0.235, -1.2), (0.25, -1.06), (0.255, -0.9), (0.24, -0.76)]
BACK = [(0.34, -0.6), (0.43, -0.36), (0.43, -0.12), (0.3, 0.0), (0, 0.0)]
BODY = smooth(mirrored([*HEAD, *BACK]), closed=True, steps=6)
RIM = [(-0.5, -0.1), (-0.5, -0.4), (-0.3, -0.75), (-0.3, -1.1)]
TAIL = [*bezier((0.2, -0.06), (0.78, -0.1), (0.6, 0.3), 20), *bezier((0.6, 0.3), (0.52, 0.52), (0.72, 0.52), 10)[1:]]


def cat(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    """Watching the view, lit along one side; the tail hangs over the sill."""
    palette, mirror = brief.palette, either(brief.chance)
    fur = mix(palette.ink, palette.near, 0.25) if lightness(palette.low) > 0.5 else palette.accents[1]
    canvas.soft(ellipse(x, y, size * 0.5, size * 0.05, 40), palette.ink, 0.012, 0.5)
    body = place(BODY, x, y, size, mirror)
    canvas.fill(body, Fade(shades(fur, 0.05, 0, -0.02)))
    with canvas.within(body):
        canvas.soft(ribbon(place(RIM, x, y, size), size * 0.12), mix(fur, palette.glow, 0.6), 0.02, 0.45, 0.5)
    tail = place(TAIL, x, y, size, mirror)
    canvas.fill(ribbon(tail, lambda t: size * (0.11 - 0.035 * t)), Fade(shades(fur, 0, -0.02)))
    canvas.fill(disc(*tail[-1], size * 0.0375, 20), lift(fur, -0.02))
