"""The sea in the evening: islands, a path of light on the water, sails, sometimes a lighthouse."""

from math import sqrt

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import lift, mix, shades
from generations.sandbox.easel.curves import Outline, bezier, box, disc, place, ribbon, smooth, swell, under
from generations.sandbox.easel.ink import RIGHT, Fade
from generations.sandbox.scenes import sky
from generations.sandbox.scenes.hills import CYPRESS


def coast(canvas: Canvas, brief: Brief) -> None:
    chance, palette, tall = brief.chance, brief.palette, canvas.tall
    horizon = tall * chance.uniform(0.46, 0.56)
    sky.air(canvas, brief, horizon)
    left = either(chance)
    light = canvas.wide * (chance.uniform(0.26, 0.4) if left else chance.uniform(0.6, 0.74))
    size = sky.radius(brief, chance.uniform(0.085, 0.13))
    height = horizon - size * chance.uniform(0.35, 2.2)
    sky.clouds(canvas, brief, horizon * 0.35, horizon * 0.85)
    sky.sun(canvas, brief, light, height, size)
    deep = mix(palette.near, palette.high, 0.3)
    canvas.fill(box(0, horizon, canvas.wide, tall), Fade((mix(palette.low, palette.far, 0.55), mix(palette.far, deep, 0.55), deep)))
    for i in range(3):
        _island(canvas, brief, i, horizon, canvas.wide * (0.95 if left else 0.05))
    _glitter(canvas, brief, light, horizon, size)
    _ripples(canvas, brief, horizon)
    for i in range(1 + int(canvas.wide)):
        spot = (i + chance.uniform(0.45, 0.95)) / (1 + int(canvas.wide)) * 0.62 + 0.02
        _boat(canvas, brief, canvas.wide * (spot if left else 1 - spot), horizon + (tall - horizon) * chance.uniform(0.08, 0.45))
    _head(canvas, brief, not left)


def _island(canvas: Canvas, brief: Brief, i: int, horizon: float, x: float) -> None:
    chance, palette = brief.chance, brief.palette
    middle, reach, high = x + chance.uniform(-0.3, 0.3), chance.uniform(0.25, 0.55), (0.11 - 0.028 * i) * chance.uniform(0.7, 1.2)
    wave = swell(chance, 2.2)
    rock = under(
        lambda at: horizon - high * max(0.0, 1 - ((at - middle) / reach) ** 2) ** 0.8 * (1 + 0.25 * wave(at)),
        middle - reach,
        middle + reach,
        horizon,
    )
    ink = mix(mix(palette.far, palette.low, 0.4), palette.near, 0.16 + 0.25 * i)
    canvas.fill(rock, Fade((ink, mix(ink, palette.low, 0.4))))


def _glitter(canvas: Canvas, brief: Brief, x: float, horizon: float, size: float) -> None:
    """Short strokes of light, dense and narrow far away, loose and broad close by."""
    chance, deep, strokes = brief.chance, canvas.tall - horizon, list[Outline]()
    for i in range(54):
        t = (i / 54) ** 1.5
        half = size * chance.uniform(0.12, 0.75) * (0.5 + 1.1 * t)
        middle, y = x + chance.uniform(-1, 1) * size * (0.35 + 0.7 * t), horizon + 0.006 + deep * 0.86 * t
        strokes.append(_lens(middle, y, half, 0.0022 + 0.0058 * t))
    canvas.fill(strokes, mix(brief.palette.glow, brief.palette.low, 0.15), 0.8)


def _ripples(canvas: Canvas, brief: Brief, horizon: float) -> None:
    chance, deep, bright, dark = brief.chance, canvas.tall - horizon, list[Outline](), list[Outline]()
    for _ in range(int(70 * max(1, sqrt(canvas.wide * canvas.tall)))):
        t = sqrt(chance.random())
        lens = _lens(chance.uniform(0, canvas.wide), horizon + deep * t, chance.uniform(0.02, 0.085) * (0.4 + t), 0.0015 + 0.0035 * t)
        (bright if either(chance) else dark).append(lens)
    canvas.fill(bright, mix(brief.palette.low, brief.palette.far, 0.3), 0.35)
    canvas.fill(dark, brief.palette.near, 0.3)


def _lens(x: float, y: float, half: float, thick: float) -> Outline:
    return [*bezier((x - half, y), (x, y - thick), (x + half, y), 6), *bezier((x + half, y), (x, y + thick), (x - half, y), 6)]


def _boat(canvas: Canvas, brief: Brief, x: float, y: float) -> None:
    palette, size, mirror = brief.palette, 0.035 + 0.09 * (y / canvas.tall - 0.4), either(brief.chance)
    hull: Outline = [(-0.62, -0.02), *bezier((-0.5, 0.2), (0.0, 0.25), (0.5, 0.2), 8), (0.72, -0.05)]
    main: Outline = [(0.04, -0.14), *bezier((0.04, -2.1), (0.62, -0.95), (0.72, -0.22), 10)]
    jib: Outline = [(-0.04, -0.18), *bezier((-0.04, -1.75), (-0.3, -0.8), (-0.6, -0.16), 10)]
    cloth = mix(palette.paper, palette.glow, 0.4)
    for i in range(5):
        canvas.fill(_lens(x, y + size * (0.3 + 0.2 * i), size * (0.75 - 0.11 * i), size * 0.06), cloth, 0.5 - 0.08 * i)
    canvas.fill(place(main, x, y, size, mirror), Fade(shades(cloth, 0, -0.05), RIGHT))
    canvas.fill(place(jib, x, y, size, mirror), Fade((palette.accents[0], lift(palette.accents[0], 0.04))))
    canvas.fill(place(hull, x, y, size, mirror), palette.ink)


def _head(canvas: Canvas, brief: Brief, left: bool) -> None:
    """A dark headland in one corner holds the picture together."""
    palette, chance, reach = brief.palette, brief.chance, min(canvas.wide * 0.5, 0.75)
    high = min(0.4, canvas.tall * 0.3) * brief.chance.uniform(0.8, 1.1)
    shares = ((0.0, 1.0), (0.25, 0.97), (0.45, 0.8), (0.6, 0.74), (0.7, 0.5), (0.84, 0.4), (0.93, 0.16), (1.03, 0.0))
    edge = [(reach * (x + chance.uniform(-0.02, 0.02)), canvas.tall - high * (y + chance.uniform(-0.02, 0.02)) + 0.02) for x, y in shares]
    outline = [(-0.02, canvas.tall + 0.02), (-0.02, edge[0][1]), *smooth(edge, steps=5), (edge[-1][0], canvas.tall + 0.02)]
    side: Outline = outline if left else [(canvas.wide - x, y) for x, y in outline]
    rock = mix(palette.near, palette.ink, 0.35)
    canvas.fill(side, Fade((mix(rock, palette.glow, 0.1), rock)))
    spot = reach * 0.3 if left else canvas.wide - reach * 0.3
    if "lighthouse" in brief.props or either(chance, 0.55):
        _lighthouse(canvas, brief, spot, canvas.tall - high * 0.93, 0.1)
        return
    trees = [(spot + step * 0.055, chance.uniform(0.075, 0.125)) for step in (-2.1, -1.2, -0.3, 0.5, 1.6)]
    canvas.fill([place(CYPRESS, x, canvas.tall - high * 0.86, size) for x, size in trees], lift(rock, -0.03))


def _lighthouse(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    palette = brief.palette
    tower: Outline = [(-0.34, 0.1), (-0.22, -2.0), (0.22, -2.0), (0.34, 0.1)]
    canvas.soft(disc(x, y - size * 2.25, size * 0.5, 40), palette.glow, size * 0.9, 0.6)
    white = mix(palette.paper, palette.low, 0.25)
    canvas.fill(place(tower, x, y, size), Fade((white, white, lift(white, -0.16)), RIGHT))
    with canvas.within(place(tower, x, y, size)):
        for low, high in ((-1.75, -1.35), (-0.95, -0.52)):
            canvas.fill(place(box(-0.4, low, 0.4, high), x, y, size), Fade((palette.accents[0], lift(palette.accents[0], -0.1)), RIGHT))
    canvas.fill(place(box(-0.3, -2.08, 0.3, -1.98), x, y, size), palette.ink)
    canvas.fill(place(box(-0.15, -2.42, 0.15, -2.08), x, y, size), palette.glow)
    canvas.fill(place([(-0.22, -2.4), (0, -2.72), (0.22, -2.4)], x, y, size), lift(palette.accents[0], -0.06))
    canvas.fill(ribbon(place([(0, -2.7), (0, -2.95)], x, y, size), 0.003), palette.ink)
