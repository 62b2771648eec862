"""A few things on a table by a window: pots and fruit, or tea for two."""

from dataclasses import dataclass

from PIL.Image import Image

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick, shuffled
from generations.sandbox.easel.colour import Colour, at, distance, lift, lightness, mix, shades, tame
from generations.sandbox.easel.curves import Point, bezier, box, shifted
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import fruit, stems, vessels
from generations.sandbox.scenes.teapot import steam, teapot

FRUITS = ((fruit.pear, (196, 178, 70)), (fruit.orange, (234, 140, 46)), (fruit.apple, (190, 52, 42)), (fruit.lemon, (240, 200, 70)))
TALL, LOW, SLIM = ("bottle", "tall", "drop", "urn"), ("urn", "moon", "bowl"), ("drop", "bottle", "tall")
HEIGHTS = {"bottle": 0.6, "tall": 0.54, "drop": 0.6, "urn": 0.42}


@dataclass(frozen=True)
class Table:
    middle: float
    floor: float  # where the things at the back stand
    scale: float
    glazes: list[Colour]

    def spot(self, x: float, y: float = 0.0) -> Point:
        return self.middle + x * self.scale, self.floor + y * self.scale


def still(canvas: Canvas, brief: Brief) -> None:
    wall = _wall(brief)
    edge = canvas.tall - min(canvas.tall * 0.36, 0.42)
    _room(canvas, brief, wall, edge)
    scale = min(1.0, canvas.wide) * min(1.25, 0.55 + 0.45 * canvas.tall)
    table = Table(canvas.wide / 2, edge + (canvas.tall - edge) * 0.2, scale, _glazes(brief, wall))
    if "tea" in brief.props:
        _tea(canvas, brief, table)
    else:
        _pots(canvas, brief, table)
        _fruits(canvas, brief, table)


def _wall(brief: Brief) -> Colour:
    palette, share = brief.palette, brief.chance.random()
    dark, light = mix(palette.near, palette.far, 0.4 + 0.4 * share), mix(palette.high, palette.low, 0.3 + 0.45 * share)
    return tame(dark if palette.dark else light, 0.8)


def _glazes(brief: Brief, wall: Colour) -> list[Colour]:
    """Four that stand out from the wall; none so dark that its round shape is lost."""
    palette, (lead, _, cool) = brief.palette, brief.palette.accents
    wishes = [lead, cool, mix(palette.paper, palette.low, 0.3), palette.near, palette.far, mix(lead, palette.near, 0.5)]
    wishes = shuffled(brief.chance, wishes)
    clear = [wish for wish in wishes if distance(wish, wall) > 0.15]
    return [at(ink, max(lightness(ink), 0.34)) for ink in (clear + wishes)[:4]]


def _room(canvas: Canvas, brief: Brief, wall: Colour, edge: float) -> None:
    palette, wide, tall = brief.palette, canvas.wide, canvas.tall
    canvas.flood(Fade(shades(wall, -0.03, 0, -0.02), 65))
    _sunshine(canvas, brief, wall, edge)
    if brief.pictures:
        _frames(canvas, brief, wall, edge)
    dark, light = mix(palette.near, palette.accents[0], 0.2), mix(palette.paper, palette.far, 0.5)
    wood = dark if lightness(wall) > 0.55 or either(brief.chance) else light
    canvas.fill(box(0, edge, wide, tall), Fade(shades(wood, 0.035, 0, -0.06)))
    canvas.soft(box(0, edge - 0.03, wide, edge - 0.004), lift(wall, -0.14), 0.02, 0.5)
    beam = [(wide * 0.05, edge), (wide * 0.6, edge), (wide * 0.95, tall), (wide * 0.2, tall)]
    canvas.veil(beam, mix(wood, palette.glow, 0.55), 0.42, 0.08)


def _sunshine(canvas: Canvas, brief: Brief, wall: Colour, edge: float) -> None:
    """Light through a window with four panes, slanting across the wall."""
    left, top = canvas.wide * brief.chance.uniform(0.12, 0.3), edge * 0.1
    pane, high, slant = canvas.wide * 0.2, edge * 0.36, canvas.wide * 0.09
    light = mix(wall, brief.palette.glow, 0.75)
    for row in (0, 1):
        for column in (0, 1):
            x, y = left + column * (pane + 0.02) + slant * row, top + row * (high + 0.02) + column * 0.05
            canvas.veil([(x, y), (x + pane, y + 0.05), (x + pane + slant, y + high + 0.05), (x + slant, y + high)], light, 0.62, 0.4)


def _frames(canvas: Canvas, brief: Brief, wall: Colour, edge: float) -> None:
    """Somebody's pictures, framed, above the table."""
    shown = brief.pictures[:3]
    room = canvas.wide * 0.86 / len(shown)
    for k, picture in enumerate(shown):
        across = min(room * 0.8, edge * 0.72, canvas.wide * 0.42)
        down = min(across * min(1.3, max(0.7, picture.height / picture.width)), edge * 0.6)
        _frame(canvas, brief, wall, (canvas.wide * 0.07 + room * (k + 0.5) - across / 2, edge * 0.08), (across, down), picture)


def _frame(canvas: Canvas, brief: Brief, wall: Colour, corner: Point, size: Point, picture: Image) -> None:
    (left, top), (across, down), rim = corner, size, min(size) * 0.03
    rims = [box(left + rim * k, top + rim * k, left + across - rim * k, top + down - rim * k) for k in (0, 1, 3)]
    canvas.soft(shifted(rims[0], 0.02, 0.03), lift(wall, -0.3), 0.03, 0.5)
    canvas.fill(rims[0], lift(brief.palette.ink, 0.08))
    canvas.fill(rims[1], brief.palette.paper)
    canvas.picture(rims[2], picture)


def _pots(canvas: Canvas, brief: Brief, table: Table) -> None:
    """One tall, one low, and on a broad table a third that stands apart."""
    chance, side = brief.chance, 1 if either(brief.chance) else -1
    tall, low, slim = (pick(chance, kinds) for kinds in (TALL, LOW, SLIM))
    first, second, third, fourth = table.glazes
    if canvas.wide > 1.35 * canvas.tall:
        vessels.pot(canvas, brief, slim, *table.spot(side * 0.52, -0.02), table.scale * 0.4, fourth, third)
    (x, y), size = table.spot(side * 0.13), table.scale * HEIGHTS[tall] * chance.uniform(0.94, 1.06)
    if tall in ("tall", "urn"):
        size = min(size, (y - 0.06) / 1.85)
        _branch(canvas, brief, (x, y - size * 0.96), min(size * 1.1, y - size), side)
    vessels.pot(canvas, brief, tall, x, y, size, first)
    dip = third if either(chance) else None
    vessels.pot(canvas, brief, low, *table.spot(-side * 0.2, 0.055), table.scale * (0.15 if low == "bowl" else 0.34), second, dip)


def _branch(canvas: Canvas, brief: Brief, mouth: Point, size: float, side: int) -> None:
    chance, green, (x, y) = brief.chance, mix(brief.palette.near, brief.palette.accents[2], 0.4), mouth
    kind = pick(chance, (stems.spray, stems.coin, stems.twig))
    for lean in (-side * 0.32, side * 0.2, -side * 0.05):
        high = size * chance.uniform(0.62, 0.85)
        spine = bezier((x, y + size * 0.06), (x + lean * size * 0.2, y - high * 0.5), (x + lean * size, y - high), 30)
        kind(canvas, brief, spine, green)


def _fruits(canvas: Canvas, brief: Brief, table: Table) -> None:
    chance, count = brief.chance, 2 + either(brief.chance)
    chosen = [FRUITS[0]] * count if "pear" in brief.props else shuffled(chance, FRUITS)[:count]
    start = chance.uniform(-0.3, -0.24)
    for k, (kind, usual) in enumerate(chosen):
        tone = mix(usual, brief.palette.accents[k % 2], 0.35)
        spot = table.spot(start + 0.19 * k + chance.uniform(-0.02, 0.02), 0.11 + chance.uniform(-0.02, 0.045))
        kind(canvas, brief, *spot, chance.uniform(0.058, 0.07) * table.scale, tone)


def _tea(canvas: Canvas, brief: Brief, table: Table) -> None:
    gold, scale = brief.palette.accents[1], table.scale
    teapot(canvas, brief, *table.spot(-0.06), 0.36 * scale, table.glazes[0])
    for x, y in ((0.3, 0.035), (0.13, 0.105)):
        vessels.cup(canvas, brief, *table.spot(x, y), 0.115 * scale, table.glazes[1], mix(gold, (122, 70, 24), 0.55))
        steam(canvas, *table.spot(x, y - 0.14), 0.26 * scale, brief.palette.glow)
    fruit.lemon(canvas, brief, *table.spot(-0.3, 0.12), 0.045 * scale, mix(gold, (245, 208, 74), 0.5))
