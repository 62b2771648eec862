"""Peaks with a lit and a shaded side, fog in the valleys, pines in front."""

from itertools import pairwise
from math import sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, Point, box, place, swell, under
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import sky

Skyline = list[tuple[Point, Outline]]
RANGES = 3
FIELDS = 3


def mountains(canvas: Canvas, brief: Brief) -> None:
    chance, tall = brief.chance, canvas.tall
    valley = tall * chance.uniform(0.6, 0.66)
    sky.air(canvas, brief, valley)
    sunny = canvas.wide * (chance.uniform(0.2, 0.36) if either(chance) else chance.uniform(0.64, 0.8))
    sky.sun(canvas, brief, sunny, tall * chance.uniform(0.18, 0.26), sky.radius(brief, chance.uniform(0.07, 0.1)))
    for i in range(RANGES):
        _range(canvas, brief, i, valley, sunny)
    for i in range(FIELDS):
        _field(canvas, brief, i, valley, sunny < canvas.wide / 2)
    if "birds" in brief.props or either(chance, 0.35):
        sky.birds(canvas, brief, canvas.wide - sunny, tall * 0.2)


def _range(canvas: Canvas, brief: Brief, i: int, valley: float, sunny: float) -> None:
    """One skyline. On each peak the side away from the sun is in shadow, down a crooked spine."""
    palette, t = brief.palette, i / (RANGES - 1)
    body = mix(mix(palette.far, palette.low, 0.32 * (1 - t)), palette.near, 0.5 * t)
    foot, high = valley + 0.07 * i, min(0.5, canvas.tall * 0.44) * (1 - 0.36 * t)
    peaks = _skyline(brief, canvas, foot, high)
    line = [point for peak, slope in peaks for point in (peak, *slope)]
    mist = mix(palette.low, body, 0.22)
    massif = [*line, (line[-1][0], foot + 0.1), (line[0][0], foot + 0.1)]
    canvas.fill(massif, Fade((mix(body, palette.glow, 0.2), body, mist)))
    with canvas.within(massif):
        for k in range(1, len(peaks)):
            away = 1 if sunny < peaks[k][0][0] else -1
            _shade(canvas, brief, peaks, k, away, lift(body, -0.05 - 0.02 * t))
    canvas.soft(box(-0.1, foot - 0.03, canvas.wide + 0.1, foot + 0.1), mist, 0.06, 0.7)


def _skyline(brief: Brief, canvas: Canvas, foot: float, high: float) -> Skyline:
    """Peaks, each with the broken slope that leads to the next; one of them commands the picture."""
    chance, x, skyline = brief.chance, -0.35 * brief.chance.random() - 0.1, Skyline()
    king = canvas.wide * chance.uniform(0.3, 0.7)
    while x < canvas.wide + 0.7:
        near = max(0.0, 1 - abs(x - king) / 0.5)
        skyline.append(((x, foot - high * (chance.uniform(0.38, 0.62) + 0.4 * near)), []))
        x += high * chance.uniform(0.55, 1.15)
    for (peak, slope), (other, _) in pairwise(skyline):
        low = max(peak[1], other[1]) + high * chance.uniform(0.1, 0.24)
        saddle = peak[0] + (other[0] - peak[0]) * chance.uniform(0.42, 0.58), low
        slope += [*_broken(brief, peak, saddle), saddle, *_broken(brief, saddle, other)]
    return skyline


def _broken(brief: Brief, start: Point, stop: Point, rough: float = 0.07) -> Outline:
    shares = (0.22, 0.45, 0.72)
    jolts = [brief.chance.uniform(-rough, rough) for _ in shares]
    wide, tall = stop[0] - start[0], stop[1] - start[1]
    return [(start[0] + wide * (t + j), start[1] + tall * (t - j)) for t, j in zip(shares, jolts, strict=True)]


def _shade(canvas: Canvas, brief: Brief, peaks: Skyline, k: int, away: int, ink: Colour) -> None:
    """Between the skyline and a crooked spine that comes down from the summit; it melts into the lit side below."""
    chance, (top, slope) = brief.chance, peaks[k]
    side = slope if away > 0 else peaks[k - 1][1][::-1]
    if not side:
        return
    middle = len(side) // 2
    deep = (side[middle][1] - top[1]) * chance.uniform(1.5, 2.1) + 0.04
    spine, x = list[Point](), top[0]
    for step in range(1, 7):
        x += away * deep * (chance.uniform(0.0, 0.15) if step % 2 else chance.uniform(-0.09, 0.02))
        spine.append((x, top[1] + deep * step / 6))
    canvas.veil([top, *side[: middle + 1], (side[middle][0], spine[-1][1]), *spine[::-1]], ink, 1.0, 0.0)


def _field(canvas: Canvas, brief: Brief, i: int, valley: float, left: bool) -> None:
    chance, palette, t = brief.chance, brief.palette, (i + 1) / FIELDS
    base, wave = valley + 0.06 + (canvas.tall - valley - 0.06) * (i / FIELDS) * 0.95, swell(chance, 0.5)

    def ground(x: float) -> float:
        return base + wave(x) * 0.035

    snow = mix(mix(palette.low, palette.paper, 0.4), palette.far, 0.30 - 0.1 * t)
    canvas.fill(under(ground, -0.02, canvas.wide + 0.02, canvas.tall + 0.02), Fade(shades(snow, 0, -0.05)))
    wood = mix(mix(palette.far, palette.near, 0.35 + 0.65 * t), palette.low, 0.32 * (1 - t))
    spots = sorted((ground(x) + chance.uniform(0.0, 0.09 + 0.05 * t), x) for x in _stands(brief, canvas, t))
    trees = [(x, y, (0.05 + 0.085 * t) * chance.uniform(0.7, 1.25)) for y, x in spots]
    canvas.soft([place(SHADOW, *tree, mirror=not left) for tree in trees], lift(snow, -0.16), 0.006, 0.5)
    canvas.fill([place(PINE, *tree) for tree in trees], Fade(shades(wood, 0, -0.02)))
    canvas.fill([place(LIT, *tree, mirror=left) for tree in trees], lift(wood, 0.045))


def _stands(brief: Brief, canvas: Canvas, t: float) -> list[float]:
    """Trees keep company: a few woods with gaps between them."""
    chance, places = brief.chance, list[float]()
    for _ in range(2 + int(canvas.wide * 2)):
        middle = chance.uniform(-0.05, canvas.wide + 0.05)
        places += [middle + chance.uniform(-0.12, 0.12) for _ in range(7 - int(3 * t))]
    return places


def _pine(tiers: int = 6) -> Outline:
    """One side from the tip down: boughs that droop, each wider than the last."""
    side: Outline = [(0, -1)]
    for tier in range(1, tiers + 1):
        low, reach = -1 + 0.9 * tier / tiers, 0.052 + 0.255 * (tier / tiers) ** 1.05
        side += [(reach * 0.55, low - 0.035), (reach, low + 0.012), (reach * 0.42, low - 0.006)]
    return [*side, (0.028, -0.1), (0.028, 0.03)]


SIDE = _pine()
PINE = [*SIDE, *[(-x * (1 + 0.06 * sin(y * 40)), y) for x, y in SIDE[::-1]]]
LIT = [*SIDE[:-2], (0.05, -0.14), (0.02, -0.5)]
SHADOW = [(0, -0.02), (0.75, 0.07), (0.8, 0.11), (0.05, 0.05)]
