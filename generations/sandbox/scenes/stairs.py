"""Walls, steps and doors in strong sun, built from plain blocks."""

from dataclasses import dataclass

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either
from generations.sandbox.easel.colour import Colour, lift, mix, shades
from generations.sandbox.easel.curves import Outline, arch, box, disc, ellipse, shifted
from generations.sandbox.easel.ink import RIGHT, Fade, Ink
from generations.sandbox.scenes import sky


@dataclass(frozen=True)
class Site:
    """Plans are drawn with the sun on the right; a flipped site has it on the left."""

    canvas: Canvas
    brief: Brief
    flip: bool
    main: Colour
    pale: Colour
    cool: Colour

    def put(self, outline: Outline) -> Outline:
        return [(self.canvas.wide - x, y) for x, y in outline] if self.flip else outline

    def fill(self, outline: Outline, ink: Ink, alpha: float = 1.0) -> None:
        self.canvas.fill(self.put(outline), ink, alpha)

    def block(self, outline: Outline, ink: Colour) -> None:
        self.fill(outline, Fade(shades(ink, 0.03, 0, -0.035)))

    def hole(self, door: Outline, wall: Colour, motif: bool = False) -> None:
        palette, inner = self.brief.palette, self.put(shifted(door, -0.03, 0.01))
        self.fill(door, mix(lift(wall, -0.2), palette.near, 0.4))
        with self.canvas.within(self.put(door)):
            if motif and self.brief.pictures:
                self.canvas.picture(inner, self.brief.pictures[-1])
            else:
                self.canvas.fill(inner, Fade((palette.high, mix(palette.high, palette.low, 0.6), palette.low)))


def stairs(canvas: Canvas, brief: Brief) -> None:
    chance, wide, tall = brief.chance, canvas.wide, canvas.tall
    sky.air(canvas, brief, tall * 0.7)
    site = _site(canvas, brief)
    sky.sun(
        canvas,
        brief,
        wide * (0.24 if site.flip else 0.76),
        tall * chance.uniform(0.14, 0.24),
        sky.radius(brief, chance.uniform(0.08, 0.11)),
    )
    plan = _portal if either(chance) else _climb
    plan(site)
    _ball(canvas, brief, wide * (0.84 if site.flip else 0.16), tall * 0.955, 0.05)


def _site(canvas: Canvas, brief: Brief) -> Site:
    palette, (lead, gold, cool) = brief.palette, brief.palette.accents
    main, pale = mix(lead, palette.low, 0.2 if palette.dark else 0.28), mix(gold, palette.low, 0.5)
    return Site(canvas, brief, either(brief.chance), main, pale, mix(palette.far, cool, 0.3))


def _portal(site: Site) -> None:
    """Steps seen from the front, narrowing up to a door in a tall wall."""
    wide, tall, main = site.canvas.wide, site.canvas.tall, site.main
    middle, half = wide * 0.42, min(wide * 0.27, 0.36)
    left, right, door = middle - half, middle + half, min(half * 0.52, 0.17)
    sill, top = tall * 0.7, tall * site.brief.chance.uniform(0.14, 0.22)
    site.block(box(wide * 0.55, tall * 0.45, wide + 0.01, tall), site.cool)
    site.block(box(-0.01, tall * 0.36, wide * 0.3, tall), site.pale)
    site.hole(arch(wide * 0.045, tall * 0.47, wide * 0.045 + 0.13, tall * 0.47 + 0.32), site.pale)
    site.block(box(left, top, right, tall), main)
    site.block([(right, top), (right + wide * 0.1, top + 0.05), (right + wide * 0.1, tall), (right, tall)], lift(main, -0.13))
    site.hole(arch(middle - door, max(top + 0.08, sill - door * 4.2), middle + door, sill), main, motif=True)
    site.fill([(left, top), (middle - half * 0.35, top), (left, top + half * 1.5)], lift(main, -0.1), 0.6)
    site.block(box(-0.01, tall * 0.93, wide + 0.01, tall + 0.01), mix(main, site.pale, 0.6))
    _flight(site, middle, (sill, tall * 0.945), (door * 1.35, half * 1.2))


def _flight(site: Site, middle: float, run: tuple[float, float], halves: tuple[float, float]) -> None:
    """Eight steps from the front: a riser, a bright tread, the shadow of the cheek wall."""
    ink, high = mix(site.main, site.pale, 0.35), (run[1] - run[0]) / 8
    for k in range(8):
        half, top = halves[0] + (halves[1] - halves[0]) * k / 7, run[0] + high * k
        left, edge, foot = middle - half, top + high * 0.35, top + high
        site.block(box(left, edge, middle + half, foot), lift(ink, -0.06))
        site.fill(box(left, top, middle + half, edge), Fade(shades(ink, 0.09, 0.06), RIGHT))
        site.fill([(left, edge), (left + 0.05, edge), (left + 0.03, foot), (left, foot)], lift(ink, -0.13), 0.5)


def _climb(site: Site) -> None:
    """Steps seen from the side, climbing across the picture to a tower."""
    wide, tall, main = site.canvas.wide, site.canvas.tall, site.main
    back, count = tall * site.brief.chance.uniform(0.38, 0.46), max(2, round(wide / 0.36))
    site.block(box(-0.01, back, wide + 0.01, tall), site.pale)
    for k in range(count):
        left, top = wide * (k + 0.22) / count, back + 0.09
        site.hole(arch(left, top, left + wide * 0.5 / count, top + min(0.3, tall * 0.26)), site.pale, motif=k == 0)
    site.block(box(wide * 0.74, tall * 0.2, wide + 0.01, tall), main)
    site.block(box(wide * 0.7, tall * 0.2, wide * 0.74, tall), lift(main, -0.13))
    site.hole(arch(wide * 0.82, tall * 0.3, wide * 0.82 + min(0.13, wide * 0.12), tall * 0.3 + 0.24), main)
    _profile(site, mix(main, site.cool, 0.2))


def _profile(site: Site, ink: Colour) -> None:
    """The flight from the side; treads and risers get a little depth so that it is not a saw."""
    wide, tall = site.canvas.wide, site.canvas.tall
    steps, left, right, low, high = 9 + int(wide * 2), wide * 0.1, wide * 0.78, tall * 0.94, tall * 0.52
    run, rise, deep = (right - left) / steps, (low - high) / steps, 0.03
    corners = [(left + run * k, low - rise * k) for k in range(steps)]
    side = [(left, tall + 0.01), *[point for x, y in corners for point in ((x, y), (x + run, y))]]
    whole: Outline = [*side, (right, high), (wide + 0.01, high), (wide + 0.01, tall + 0.01)]
    site.canvas.soft(site.put(shifted(whole, -0.01, -0.03)), lift(ink, -0.2), 0.012, 0.22)
    site.block(whole, lift(ink, -0.07))
    for x, y in corners:
        back = y - rise * 0.34
        site.fill([(x, y), (x + run, y), (x + run + deep, back), (x + deep, back)], lift(ink, 0.1))
        site.fill([(x + run, y), (x + run, y - rise), (x + run + deep, back - rise), (x + run + deep, back)], lift(ink, 0.03))
    site.block(box(-0.01, tall * 0.94, wide + 0.01, tall + 0.01), mix(ink, site.brief.palette.low, 0.45))


def _ball(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    canvas.soft(ellipse(x + size * 0.7, y, size * 1.3, size * 0.22, 40), brief.palette.ink, 0.014, 0.4)
    canvas.fill(disc(x, y - size, size, 72), Fade(shades(brief.palette.accents[1], 0.08, 0, -0.14), centre=(0.35, 0.3), reach=0.85))
