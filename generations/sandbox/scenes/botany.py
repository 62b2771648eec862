"""Stems before a plain shape, as on a botanical plate printed in few colours."""

from collections.abc import Callable

from generations.sandbox.easel.borrow import dominant
from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick
from generations.sandbox.easel.colour import Colour, at, distance, lift, lightness, mix, shades
from generations.sandbox.easel.curves import Outline, arch, bezier, box, disc
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes import flowers, stems


def botany(canvas: Canvas, brief: Brief) -> None:
    chance, palette = brief.chance, brief.palette
    ground = palette.paper if not palette.dark or either(chance, 0.6) else palette.near
    canvas.flood(Fade(shades(ground, 0.01, -0.015)))
    greens = _greens(brief, ground)
    _backdrop(canvas, brief, ground, greens[0])
    meadow = canvas.wide > 1.3 * canvas.tall
    foot = canvas.tall * (1.04 if meadow else 0.93)
    plan = _meadow(brief, canvas.wide) if meadow else _bunch(brief, canvas.wide / 2)
    for x, lean, share in plan:
        tall = share * min(canvas.tall * (0.92 if meadow else 0.82), canvas.wide * 1.4)
        spine = bezier((x, foot), (x + lean * 0.1, foot - tall * 0.5), (x + lean, foot - tall), 30)
        _kind(brief)(canvas, brief, spine, pick(chance, greens))


def _backdrop(canvas: Canvas, brief: Brief, ground: Colour, leaf: Colour) -> None:
    """A sun, a door or a sheet: one calm shape that the stems grow across."""
    chance, palette, wide, tall = brief.chance, brief.palette, canvas.wide, canvas.tall
    inks = [*palette.accents, palette.far, palette.high, mix(palette.accents[0], palette.low, 0.55)]
    ink = pick(chance, [c for c in inks if distance(c, ground) > 0.12 and distance(c, leaf) > 0.26] or [palette.far])
    half, middle = min(wide * 0.36, tall * 0.3), tall * 0.42
    form = pick(chance, ("disc", "disc", "arch", "sheet")) if wide < tall * 1.3 else "disc"
    if form == "disc":
        outline = disc(wide * (0.5 if wide < tall * 1.3 else pick(chance, (0.33, 0.67))), middle, half * 1.04)
    elif form == "arch":
        outline = arch(wide / 2 - half * 0.92, middle - half * 1.15, wide / 2 + half * 0.92, middle + half * 1.35)
    else:
        outline = box(wide / 2 - half, middle - half * 1.2, wide / 2 + half, middle + half * 1.3)
    if brief.motif:
        canvas.picture(outline, brief.motif)
        return
    canvas.fill(outline, Fade(shades(ink, 0.03, -0.02)))
    with canvas.within(outline):
        canvas.soft(box(-1, middle + half * 0.5, wide + 1, middle + half * 2), lift(ink, -0.07), 0.2, 0.45, 0.8)


def _greens(brief: Brief, ground: Colour) -> list[Colour]:
    """Close relatives, so that a bunch is one plant and not a box of crayons."""
    palette, (lead, gold, cool) = brief.palette, brief.palette.accents
    if brief.motif:  # the stems stand before a picture and on the paper round it, and must be seen against both
        behind = dominant(brief.motif)[:3]
        wishes = [palette.near, palette.far, lead, gold, cool, mix(palette.low, palette.far, 0.5)]
        return sorted(wishes, key=lambda wish: -min(distance(wish, other) for other in (ground, *behind)))[:2]
    if lightness(ground) < 0.5:
        return [palette.paper, mix(palette.paper, palette.low, 0.6), mix(palette.paper, gold, 0.5)]
    deep = at(palette.near, min(lightness(palette.near), 0.42))
    return [deep, mix(deep, cool, 0.4), mix(deep, cool, 0.75)]


def _bunch(brief: Brief, middle: float) -> list[tuple[float, float, float]]:
    """Foot, lean and height of each stem: the outer ones first and lower, the tallest last, in the middle."""
    chance, count, plan = brief.chance, pick(brief.chance, (3, 5, 5)), list[tuple[float, float, float]]()
    for k in sorted(range(count), key=lambda k: -abs(k - (count - 1) / 2)):
        aside = (k - (count - 1) / 2) / ((count - 1) / 2)
        lean, share = aside * 0.27 + chance.uniform(-0.03, 0.03), 1 - 0.32 * abs(aside) + chance.uniform(-0.05, 0.03)
        plan.append((middle + aside * 0.08, lean, share))
    return plan


def _meadow(brief: Brief, wide: float) -> list[tuple[float, float, float]]:
    """A broad sheet gets a bank of stems that grow in from below its edge."""
    chance, count = brief.chance, round(wide * 8)
    bank = []
    for k in range(count):
        x = wide * (k + chance.uniform(0.2, 0.8)) / count
        bank.append((x, chance.uniform(-0.1, 0.1), chance.uniform(0.42, 0.95)))
    return sorted(bank, key=lambda stem: -stem[2])


Kind = Callable[[Canvas, Brief, Outline, Colour], None]
FERNS: tuple[Kind, ...] = (stems.fern, stems.fern, stems.fern)
FLOWERS: tuple[Kind, ...] = (flowers.poppy, flowers.poppy, flowers.tulip, stems.spray, stems.twig)
WILD: tuple[Kind, ...] = (stems.spray, stems.spray, stems.fern, stems.coin, stems.twig, flowers.poppy)


def _kind(brief: Brief) -> Kind:
    named = FERNS * ("fern" in brief.props) + FLOWERS * ("flower" in brief.props)
    return pick(brief.chance, named or WILD)
