"""One koi, bent along a spine; everything on it is placed by how far along and how far aside."""

from collections.abc import Callable, Sequence
from math import hypot, pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, Point, bezier, disc, place, ribbon, shifted, smooth, turn
from generations.sandbox.easel.ink import Fade

Body = Callable[[float, float], Point]
# (share of the length, share of the length to one side)
SIDE = ((0.0, 0.05), (0.04, 0.105), (0.12, 0.165), (0.26, 0.2), (0.45, 0.175), (0.7, 0.095), (0.88, 0.05), (1.0, 0.04))
BODY = ((-0.03, 0.0), *SIDE, *[(t, -aside) for t, aside in SIDE[::-1]])
BREAST = ((0.2, 0.15), (0.2, 0.3), (0.3, 0.42), (0.41, 0.39), (0.39, 0.27), (0.31, 0.14))
BELLY = ((0.56, 0.11), (0.6, 0.21), (0.69, 0.22), (0.68, 0.12), (0.63, 0.07))
FORK = ((1.2, 0.05), (1.17, 0.0), (1.22, -0.07), (1.36, -0.2), (1.24, -0.23), (1.06, -0.1), (0.94, -0.045))
TAIL = ((0.94, 0.045), (1.06, 0.1), (1.22, 0.235), (1.3, 0.2), *FORK)
RING = ((1, 0), (0.6, 0.75), (-0.2, 1), (-0.9, 0.55), (-0.95, -0.4), (-0.3, -0.95), (0.65, -0.7))


def koi(canvas: Canvas, brief: Brief, spot: Point, size: float, facing: float) -> None:
    curve = brief.chance.uniform(0.12, 0.26) * (1 if either(brief.chance) else -1)
    at = _along(place(turn(bezier((-0.62, 0), (0.05, curve * 1.6), (0.5, -curve * 0.4), 40), facing), *spot, size), size)
    skin, marks = pick(brief.chance, _coats(brief))
    outline = _bent(at, BODY)
    canvas.soft(shifted(outline, 0.02, 0.034), brief.palette.ink, 0.018, 0.42)
    _fins(canvas, at, skin, marks[0])
    canvas.fill(outline, Fade(shades(skin, 0.02, 0, -0.05), 75))
    with canvas.within(outline):
        _coat(canvas, brief, at, marks)
        flank = ribbon([at(t / 20, 0.19) for t in range(1, 19)], 0.045 * size)
        canvas.soft(flank, lift(skin, -0.25), 0.03 * size, 0.5, 0.5)
    _face(canvas, at, size, brief.palette.ink)
    back = [at(0.3 + 0.03 * t, 0.0) for t in range(13)]
    canvas.fill(ribbon(back, lambda t: 0.028 * size * sin(pi * t)), lift(skin, -0.09), 0.7)


def _coats(brief: Brief) -> list[tuple[Colour, list[Colour]]]:
    palette = brief.palette
    white, red, gold, black = mix(palette.paper, palette.glow, 0.3), palette.accents[0], palette.accents[1], palette.ink
    return [(white, [red]), (white, [red, red, black]), (gold, [red]), (mix(red, gold, 0.35), [white, red]), (white, [gold, black])]


def _along(spine: list[Point], size: float) -> Body:
    """Where something is that lies at a share of the length, and so far to one side; before the nose and behind the tail too."""

    def at(t: float, side: float) -> Point:
        share = min(max(t, 0.0), 1.0)
        i = min(int(share * (len(spine) - 1)), len(spine) - 2)
        (x, y), (ahead, down) = spine[i], spine[i + 1]
        dx, dy = ahead - x, down - y
        long = hypot(dx, dy) or 1.0
        along, aside = share * (len(spine) - 1) - i + (t - share) * size / long, side * size / long
        return x + dx * along - dy * aside, y + dy * along + dx * aside

    return at


def _bent(at: Body, points: Sequence[Point], side: int = 1) -> Outline:
    return smooth([at(t, aside * side) for t, aside in points], closed=True, steps=6)


def _fins(canvas: Canvas, at: Body, skin: Colour, mark: Colour) -> None:
    """Breast fins, belly fins and a veil of a tail, thin enough for the water to show through."""
    thin = mix(skin, mark, 0.35)
    for side in (1, -1):
        canvas.fill(_bent(at, BREAST, side), thin, 0.78)
        canvas.fill(_bent(at, BELLY, side), thin, 0.72)
        rays = [ribbon([at(0.24 + k * 0.015, 0.17 * side), at(0.26 + k * 0.045, (0.37 - 0.012 * k) * side)], 0.003) for k in range(4)]
        canvas.fill(rays, skin, 0.6)
    canvas.fill(_bent(at, TAIL), Fade((thin, mix(thin, mark, 0.4)), 40), 0.86)
    canvas.fill([ribbon([at(0.98, side * 0.25), at(1.2, side)], 0.003) for side in (0.19, 0.13, 0.07, -0.07, -0.13, -0.19)], skin, 0.5)


def _coat(canvas: Canvas, brief: Brief, at: Body, marks: list[Colour]) -> None:
    chance = brief.chance
    for k, t in enumerate((0.1, 0.34, 0.56, 0.8)):
        ink, side = marks[k % len(marks)], chance.uniform(-0.06, 0.06)
        reach = (0.1 if k == 0 else 0.13) * chance.uniform(0.85, 1.15)
        knots = [at(t + 0.62 * reach * dx * chance.uniform(0.8, 1.25), side + reach * dy * chance.uniform(0.8, 1.2)) for dx, dy in RING]
        canvas.fill(smooth(knots, closed=True, steps=6), Fade(shades(ink, 0.03, -0.03)))


def _face(canvas: Canvas, at: Body, size: float, ink: Colour) -> None:
    for side in (1, -1):
        canvas.fill(disc(*at(0.07, 0.105 * side), 0.014 * size, 20), ink)
        whisker = bezier(at(-0.01, 0.04 * side), at(-0.06, 0.07 * side), at(-0.07, 0.13 * side), 8)
        canvas.fill(ribbon(whisker, lambda t: 0.008 * size * (1.2 - t)), mix(ink, (255, 255, 255), 0.35))
