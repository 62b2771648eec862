"""A tin on a plinth, as a shop would photograph it. The label carries a small picture."""

from math import pi, sin

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import pick
from generations.sandbox.easel.colour import Colour, distance, lift, lightness, mix, shades, tame
from generations.sandbox.easel.curves import Point, arch, bezier, box, disc, drum, ellipse, place, ribbon, turn
from generations.sandbox.easel.ink import RIGHT, Fade
from generations.sandbox.scenes.vessels import GLEAM, glaze


def tin(canvas: Canvas, brief: Brief) -> None:
    chance, palette, (lead, gold, cool) = brief.chance, brief.palette, brief.palette.accents
    wall = tame(mix(palette.low, pick(chance, (lead, cool, palette.far)), chance.uniform(0.18, 0.36)), 0.85)
    middle, floor = canvas.wide / 2, canvas.tall * 0.5 + 0.27
    canvas.flood(Fade(shades(wall, 0, -0.03), 60))
    _stage(canvas, brief, wall, middle, floor)
    body = pick(chance, [ink for ink in (lead, gold, cool, palette.near) if distance(ink, wall) > 0.16] or [palette.ink])
    lids = [ink for ink in (palette.paper, mix(gold, palette.near, 0.25), palette.ink) if distance(ink, body) > 0.2]
    half, high = chance.uniform(0.17, 0.21), chance.uniform(0.44, 0.54)
    _can(canvas, brief, (middle, floor), half, high, body)
    _label(canvas, brief, (middle, floor - high * 0.5), half, high, body)
    _lid(canvas, (middle, floor - high), half, pick(chance, lids or [palette.paper]))


def _stage(canvas: Canvas, brief: Brief, wall: Colour, middle: float, floor: float) -> None:
    palette, wide, tall = brief.palette, canvas.wide, canvas.tall
    halo = mix(wall, palette.glow, 0.55)
    backdrop = disc(middle, floor - 0.36, 0.4) if brief.chance.random() < 0.6 else arch(middle - 0.34, floor - 0.76, middle + 0.34, tall)
    canvas.fill(backdrop, Fade(shades(halo, 0, -0.02)))
    ground = mix(wall, palette.near, 0.45)
    edge = floor - 0.06
    canvas.fill(box(0, edge, wide, tall), Fade(shades(ground, 0.05, -0.04)))
    stone, radius = mix(ground, palette.paper, 0.32), 0.32
    canvas.soft(ellipse(middle + 0.14, floor + 0.115, radius + 0.1, 0.05), palette.ink, 0.035, 0.42, 0.3)
    side = drum(middle, floor, floor + 0.09, radius, 0.062)
    canvas.fill(side, glaze(lift(stone, -0.06)))
    canvas.fill(ellipse(middle, floor, radius, 0.062), Fade(shades(stone, 0.05, -0.01), RIGHT))


def _can(canvas: Canvas, brief: Brief, foot: Point, half: float, high: float, ink: Colour) -> None:
    x, y = foot
    canvas.soft(ellipse(x + half * 0.55, y + 0.006, half * 1.15, 0.036), brief.palette.ink, 0.022, 0.5, 0.3)
    shape = drum(x, y - high, y, half, 0.034)
    canvas.fill(shape, _round(ink))
    with canvas.within(shape):
        canvas.soft(box(x - half * 0.66, y - high * 0.94, x - half * 0.58, y - high * 0.04), mix(ink, GLEAM, 0.55), 0.008, 0.5)
        canvas.soft(box(x - half, y - high - 0.01, x + half, y - high + 0.05), lift(ink, -0.2), 0.025, 0.55)


def _round(ink: Colour) -> Fade:
    return Fade(shades(ink, -0.1, -0.02, 0.07, 0.03, 0, -0.05, -0.12, -0.17, -0.13), RIGHT)


def _lid(canvas: Canvas, top: Point, half: float, ink: Colour) -> None:
    x, y = top
    half, high = half * 1.06, 0.085
    rim = drum(x, y - high, y, half, 0.038)
    canvas.fill(rim, _round(ink))
    canvas.fill(ellipse(x, y - high, half, 0.038), Fade(shades(ink, 0.06, -0.03), RIGHT))
    canvas.fill(ellipse(x, y - high, half * 0.86, 0.03), Fade(shades(ink, -0.03, 0.04), RIGHT))


def _label(canvas: Canvas, brief: Brief, middle: Point, half: float, high: float, body: Colour) -> None:
    (x, y), palette = middle, brief.palette
    w, h = half * 0.66, high * 0.33
    paper = palette.paper if lightness(body) < 0.8 else palette.near
    canvas.fill(box(x - w, y - h, x + w, y + h), Fade(shades(paper, 0.01, -0.04), RIGHT))
    ink = palette.ink if lightness(paper) > 0.5 else palette.paper
    frame = box(x - w + 0.012, y - h + 0.012, x + w - 0.012, y + h - 0.012)
    if brief.motif:
        canvas.picture(frame, brief.motif)
        return
    canvas.fill(ribbon([*frame, frame[0]], 0.0028), ink)
    pick(brief.chance, (_sprig, _sunrise, _cup))(canvas, brief, (x, y - h * 0.18), min(w, h) * 0.62, ink)
    canvas.fill(box(x - w * 0.5, y + h * 0.62, x + w * 0.5, y + h * 0.66), ink)
    canvas.fill(box(x - w * 0.28, y + h * 0.74, x + w * 0.28, y + h * 0.765), ink)


def _sprig(canvas: Canvas, brief: Brief, middle: Point, size: float, ink: Colour) -> None:
    green = mix(brief.palette.near, brief.palette.accents[2], 0.4)
    for facing, length in ((-138, 0.95), (-42, 0.95), (-90, 1.25)):
        for belly, tone in ((0.5, -0.03), (-0.5, 0.06)):
            leaf = turn(bezier((0, 0), (0.45, belly), (1, 0), 14), facing)
            canvas.fill(place(leaf, middle[0], middle[1] + size * 0.45, size * length), lift(green, tone))
    canvas.fill(ribbon([(middle[0], middle[1] + size * 0.4), (middle[0], middle[1] + size)], 0.005), green)


def _sunrise(canvas: Canvas, brief: Brief, middle: Point, size: float, ink: Colour) -> None:
    x, y = middle
    canvas.fill(disc(x, y - size * 0.1, size * 0.62, 60), brief.palette.accents[1])
    for k in range(3):
        line = [(x + size * 1.1 * (-1 + i / 10), y + size * (0.42 + 0.26 * k) + size * 0.09 * sin(i * 0.95 + k * 1.6)) for i in range(21)]
        canvas.fill(ribbon(line, 0.006), brief.palette.near if k else brief.palette.accents[2])


def _cup(canvas: Canvas, brief: Brief, middle: Point, size: float, ink: Colour) -> None:
    x, y = middle
    bowl = bezier((-0.7, 0), (-0.55, 0.95), (0, 0.95), 12) + bezier((0, 0.95), (0.55, 0.95), (0.7, 0), 12)
    canvas.fill(place(bowl, x, y, size), brief.palette.accents[0])
    canvas.fill(ellipse(x, y, size * 0.7, size * 0.12, 40), lift(brief.palette.accents[0], -0.1))
    for shift in (-0.25, 0.05, 0.35):
        line = [(x + size * (shift - 0.05 + 0.09 * sin(i * 0.7)), y - size * (0.25 + 0.075 * i)) for i in range(11)]
        canvas.fill(ribbon(line, lambda t: 0.006 * sin(pi * t) + 0.001), ink, 0.8)
