"""A town across the water at night: lit windows, a moon, and both again in the water."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick
from generations.sandbox.easel.colour import lift, mix
from generations.sandbox.easel.curves import Outline, box, disc, ribbon
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import sky

Window = tuple[float, float, float, float]


def harbour(canvas: Canvas, brief: Brief) -> None:
    chance, palette, tall = brief.chance, brief.palette, canvas.tall
    quay = tall * chance.uniform(0.64, 0.7)
    sky.air(canvas, brief, quay)
    if palette.dark:
        _stars(canvas, brief, quay)
    size = sky.radius(brief, chance.uniform(0.075, 0.12))
    moon = canvas.wide * (chance.uniform(0.2, 0.35) if either(chance) else chance.uniform(0.65, 0.8))
    sky.sun(canvas, brief, moon, tall * chance.uniform(0.18, 0.28), size)
    deep = mix(palette.near, palette.ink, 0.4)
    for i in range(3):
        lights = _street(canvas, brief, i, quay)
    water = box(0, quay, canvas.wide, tall)
    canvas.fill(water, Fade((mix(palette.near, palette.low, 0.28), deep, palette.ink)))
    _mirror(canvas, brief, lights, quay)
    _path(canvas, brief, moon, quay, size)
    canvas.fill(box(0, quay - 0.004, canvas.wide, quay + 0.006), palette.ink)


def _stars(canvas: Canvas, brief: Brief, quay: float) -> None:
    chance = brief.chance
    spots = [
        disc(chance.uniform(0, canvas.wide), quay * chance.random() ** 1.6 * 0.8, chance.uniform(0.0008, 0.0024), 8)
        for _ in range(int(70 * canvas.wide))
    ]
    canvas.fill(spots, brief.palette.glow, 0.7)


def _street(canvas: Canvas, brief: Brief, i: int, quay: float) -> list[Window]:
    """One row of houses; the front row answers with its lit windows."""
    chance, palette, t = brief.chance, brief.palette, i / 2
    body = mix(mix(palette.far, palette.low, 0.35 * (1 - t)), mix(palette.near, palette.ink, 0.35), 0.3 + 0.7 * t)
    x, houses, lit, dim = -0.04, list[Outline](), list[Window](), list[Window]()
    while x < canvas.wide + 0.02:
        wide = chance.uniform(0.05, 0.115) * (0.85 + 0.3 * t)
        high = (0.13 + 0.2 * chance.random() ** 1.7) * (1.25 - 0.42 * t) * min(1.4, canvas.tall)
        houses += _house(brief, x, quay, wide, high)
        _windows(brief, (x, quay - high, x + wide, quay), lit, dim)
        x += wide + (chance.uniform(0, 0.012) if t < 1 else chance.uniform(-0.002, 0.03))
    canvas.fill(houses, Fade((body, mix(body, palette.low, 0.12 if t == 1 else 0.3))))
    canvas.fill([box(*window) for window in dim], lift(body, 0.05), 0.8)
    warm = mix(palette.glow, palette.accents[1], 0.45)
    canvas.fill([box(*window) for window in lit], mix(body, warm, 0.35 + 0.65 * t))
    return lit


def _house(brief: Brief, x: float, quay: float, wide: float, high: float) -> list[Outline]:
    top, kind = quay - high, pick(brief.chance, ("flat", "flat", "gable", "step", "mast", "dome"))
    walls = box(x, top, x + wide, quay + 0.01)
    middle = x + wide / 2
    if kind == "gable":
        return [walls, [(x - 0.003, top + 0.001), (middle, top - wide * 0.45), (x + wide + 0.003, top + 0.001)]]
    if kind == "step":
        return [walls, box(x + wide * 0.2, top - 0.022, x + wide * 0.8, top + 0.01), box(x + wide * 0.36, top - 0.04, x + wide * 0.64, top)]
    if kind == "mast":
        return [walls, box(x + wide * 0.15, top - 0.012, x + wide * 0.5, top + 0.01), ribbon([(middle, top), (middle, top - 0.07)], 0.0035)]
    if kind == "dome":
        return [walls, disc(middle, top, wide * 0.32, 40), ribbon([(middle, top), (middle, top - wide * 0.55)], 0.003)]
    return [walls, box(x + wide * 0.62, top - 0.016, x + wide * 0.84, top + 0.01)]


def _windows(brief: Brief, house: Window, lit: list[Window], dim: list[Window]) -> None:
    chance, (left, top, right, bottom) = brief.chance, house
    pane, mood = 0.0085, chance.uniform(0.12, 0.62)
    columns = max(1, int((right - left - 0.012) / (pane * 2)))
    step = (right - left - 0.012) / columns
    for row in range(int((bottom - top - 0.02) / (pane * 2.5))):
        for column in range(columns):
            x, y = left + 0.006 + step * (column + 0.5) - pane / 2, top + 0.014 + row * pane * 2.5
            (lit if either(chance, mood) else dim).append((x, y, x + pane, y + pane * 1.35))


def _mirror(canvas: Canvas, brief: Brief, lights: list[Window], quay: float) -> None:
    """Every third lamp draws a broken line on the water."""
    chance, dashes = brief.chance, list[Outline]()
    deep = canvas.tall - quay
    for left, top, right, _ in lights[:: max(1, len(lights) // int(150 * canvas.wide))]:
        y = quay + 0.012 + min(deep * 0.9, (quay - top) * chance.uniform(0.4, 1.2))
        half = chance.uniform(0.008, 0.03)
        dashes.append(box((left + right) / 2 - half, y, (left + right) / 2 + half, y + chance.uniform(0.0016, 0.0034)))
    canvas.fill(dashes, mix(brief.palette.glow, brief.palette.accents[1], 0.5), 0.62)
    ripples = [_dash(brief, canvas, quay + deep * chance.random()) for _ in range(int(90 * canvas.wide))]
    canvas.fill(ripples, mix(brief.palette.low, brief.palette.far, 0.5), 0.28)


def _dash(brief: Brief, canvas: Canvas, y: float) -> Outline:
    x, half = brief.chance.uniform(0, canvas.wide), brief.chance.uniform(0.01, 0.06)
    return box(x - half, y, x + half, y + 0.0022)


def _path(canvas: Canvas, brief: Brief, x: float, quay: float, size: float) -> None:
    chance, deep, strokes = brief.chance, canvas.tall - quay, list[Outline]()
    for i in range(26):
        t = (i / 26) ** 1.3
        half, middle = size * chance.uniform(0.15, 0.8) * (0.5 + 0.8 * t), x + chance.uniform(-0.5, 0.5) * size
        y = quay + 0.014 + deep * 0.85 * t
        strokes.append(box(middle - half, y, middle + half, y + 0.002 + 0.003 * t))
    canvas.fill(strokes, brief.palette.glow, 0.75)
