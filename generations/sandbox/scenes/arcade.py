"""A row of arches with the sea or the hills behind, and their light on the floor."""

from PIL.Image import Image

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import arch, bezier, box, disc, drum, ellipse, place, shifted, swell, turn, under
from generations.sandbox.easel.ink import RIGHT, Fade, Frame
from generations.sandbox.scenes import sky
from generations.sandbox.scenes.vessels import glaze

JAMB = 0.034
BLADE = [*bezier((0, 0), (0.35, -0.2), (1, 0), 10), *bezier((1, 0), (0.35, 0.12), (0, 0), 10)]


def arcade(canvas: Canvas, brief: Brief) -> None:
    chance, wide, tall = brief.chance, canvas.wide, canvas.tall
    wall, floor, cornice = _wall(brief), tall - min(0.26, tall * 0.24), tall * 0.5 - min(tall * 0.34, 0.5)
    _view(canvas, brief, floor)
    view = canvas.image.copy()
    canvas.fill(box(0, cornice, wide, floor), Fade(shades(wall, 0.02, 0, -0.03)))
    canvas.fill(box(0, cornice, wide, cornice + 0.022), lift(wall, 0.07))
    canvas.soft(box(0, cornice + 0.022, wide, cornice + 0.034), lift(wall, -0.16), 0.01, 0.5)
    _floor(canvas, brief, wall, floor)
    count = max(1, round(wide / chance.uniform(0.34, 0.48)))
    step, half = wide / count, wide / count * 0.36
    crown = max(cornice + (floor - cornice) * 0.16, floor - half * 4.8)
    for k in range(count):
        door = (step * (k + 0.5) - half, crown, step * (k + 0.5) + half, floor)
        _door(canvas, brief, view, door, wall, k)
        _light(canvas, brief, door)
    _tub(canvas, brief, step * pick(chance, range(1, max(2, count))), floor + 0.07)


def _wall(brief: Brief) -> Colour:
    palette, share = brief.palette, brief.chance.uniform(0.25, 0.6)
    tone = palette.far if palette.dark else pick(brief.chance, (*palette.accents[:2], palette.far))
    return mix(palette.low, tone, 1 - share if palette.dark else share)


def _view(canvas: Canvas, brief: Brief, floor: float) -> None:
    chance, palette = brief.chance, brief.palette
    horizon = floor - min(0.2, canvas.tall * 0.16)
    sky.air(canvas, brief, horizon)
    sky.sun(canvas, brief, canvas.wide * chance.uniform(0.3, 0.7), horizon - chance.uniform(0.12, 0.24), sky.radius(brief, 0.085))
    wave = swell(chance, 0.7)
    ridge = under(lambda x: horizon - 0.05 + 0.045 * wave(x), 0, canvas.wide, floor)
    canvas.fill(ridge, Fade((mix(palette.far, palette.low, 0.25), mix(palette.far, palette.low, 0.6))))
    sea = mix(palette.accents[2], palette.low, 0.3)
    canvas.fill(box(0, horizon, canvas.wide, canvas.tall), Fade((mix(sea, palette.low, 0.4), sea)))


def _floor(canvas: Canvas, brief: Brief, wall: Colour, floor: float) -> None:
    stone = mix(wall, brief.palette.near, 0.42)
    canvas.fill(box(0, floor, canvas.wide, canvas.tall), Fade(shades(stone, 0.03, -0.05)))
    canvas.fill(box(0, floor, canvas.wide, floor + 0.014), lift(wall, 0.05))
    canvas.fill(box(0, floor + 0.014, canvas.wide, floor + 0.02), lift(stone, -0.08))


def _door(canvas: Canvas, brief: Brief, view: Image, door: Frame, wall: Colour, k: int) -> None:
    """The opening, with the thickness of the wall on the side away from the light."""
    left, _, right, foot = door
    opening = arch(*door)
    jamb = mix(lift(wall, -0.2), brief.palette.near, 0.45)
    canvas.fill(opening, Fade(shades(jamb, -0.03, 0.05), RIGHT))
    with canvas.within(opening):
        inner = shifted(opening, JAMB, 0.012)
        if brief.pictures and k % 2 == 0:
            canvas.picture(inner, brief.pictures[k // 2 % len(brief.pictures)])
        else:
            canvas.reveal(inner, view)
        canvas.fill([(left, foot), (left + JAMB, foot - 0.012), (right, foot - 0.012), (right, foot)], lift(wall, 0.05))


def _light(canvas: Canvas, brief: Brief, door: Frame) -> None:
    """The shape of the opening, thrown forward across the floor."""
    left, _, right, foot = door
    slant = 1.4 * (canvas.tall - foot)
    beam = [(left + 0.03, foot + 0.02), (right, foot + 0.02), (right - slant, canvas.tall), (left + 0.03 - slant, canvas.tall)]
    canvas.veil(beam, brief.palette.glow, 0.5, 0.12)


def _tub(canvas: Canvas, brief: Brief, x: float, y: float) -> None:
    """A clay tub with a clipped tree or an agave, to say how large the arches are."""
    palette = brief.palette
    clay, green = mix(palette.accents[0], palette.near, 0.15), mix(palette.near, palette.accents[2], 0.35)
    canvas.soft(ellipse(x - 0.05, y + 0.008, 0.1, 0.018, 40), palette.ink, 0.014, 0.45)
    grow = _tree if either(brief.chance) else _agave
    grow(canvas, x, y, green)
    canvas.fill(drum(x, y - 0.11, y, 0.052, 0.012), glaze(clay))
    canvas.fill(drum(x, y - 0.125, y - 0.09, 0.064, 0.012), glaze(lift(clay, 0.03)))
    canvas.fill(ellipse(x, y - 0.125, 0.064, 0.012, 40), lift(palette.ink, 0.06))


def _tree(canvas: Canvas, x: float, y: float, green: Colour) -> None:
    canvas.fill(box(x - 0.005, y - 0.24, x + 0.005, y - 0.1), lift(green, -0.14))
    crown = disc(x, y - 0.3, 0.09, 60)
    canvas.fill(crown, Fade(shades(green, 0.1, 0, -0.08), centre=(0.65, 0.3), reach=0.8))
    with canvas.within(crown):
        canvas.soft(disc(x - 0.05, y - 0.27, 0.08, 40), lift(green, -0.12), 0.02, 0.55, 0.9)


def _agave(canvas: Canvas, x: float, y: float, green: Colour) -> None:
    """Blades from the outside in."""
    for k, facing in enumerate((-165, -15, -145, -35, -125, -55, -108, -72, -90)):
        leaf = place(turn(BLADE, facing), x, y - 0.1, 0.2 + 0.012 * k)
        canvas.fill(leaf, Fade(shades(green, 0.07 if k % 2 else 0.0, -0.06)))
