"""A view through a window, from a quiet room. The view is one of the landscapes, painted smaller."""

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import either, pick
from generations.sandbox.easel.colour import Colour, lift, lightness, mix, shades, tame
from generations.sandbox.easel.curves import bezier, box, shifted
from generations.sandbox.easel.ink import Fade, Frame
from generations.sandbox.scenes import flowers, stems, vessels
from generations.sandbox.scenes.cat import cat
from generations.sandbox.scenes.coast import coast
from generations.sandbox.scenes.desert import desert
from generations.sandbox.scenes.hills import hills
from generations.sandbox.scenes.mountains import mountains

TEA = (128, 78, 36)


def window(canvas: Canvas, brief: Brief) -> None:
    palette, wide, tall = brief.palette, canvas.wide, canvas.tall
    wall = _wall(brief)
    canvas.flood(Fade(shades(wall, -0.035, 0, -0.05), 70))
    across, down = min(wide * 0.68, tall * 0.9), min(tall * 0.66, wide * 1.02)
    left, top = (wide - across) / 2, (tall - down) * 0.38
    _view(canvas, brief, (left, top, left + across, top + down))
    _frame(canvas, brief, (left, top, left + across, top + down), wall)
    sill = top + down
    beam = [(left - 0.1, sill + 0.1), (left + across * 0.7, sill + 0.1), (left + across * 0.45, tall), (left - 0.35, tall)]
    canvas.veil(beam, palette.glow, 0.22, 0.06)
    first, second = (0.24, 0.76) if either(brief.chance) else (0.76, 0.24)
    if "cat" in brief.props or either(brief.chance, 0.35):
        cat(canvas, brief, left + across * first, sill + 0.02, min(0.34, down * 0.5))
    else:
        vessels.cup(canvas, brief, left + across * first, sill + 0.025, 0.1, mix(palette.paper, palette.low, 0.3), TEA)
    _plant(canvas, brief, left + across * second, sill + 0.02, min(0.42, down * 0.6))


def _wall(brief: Brief) -> Colour:
    palette, share = brief.palette, brief.chance.uniform(0.12, 0.3)
    return tame(mix(palette.near, palette.ink, 0.25) if palette.dark else mix(palette.low, palette.accents[0], share), 0.8)


def _view(canvas: Canvas, brief: Brief, frame: Frame) -> None:
    left, top, right, bottom = (round(edge * canvas.unit) for edge in frame)
    outside = Canvas(right - left, bottom - top)
    pick(brief.chance, (hills, mountains, coast, desert))(outside, brief)
    canvas.image.paste(outside.image, (left, top))


def _frame(canvas: Canvas, brief: Brief, frame: Frame, wall: Colour) -> None:
    left, top, right, bottom = frame
    wood = brief.palette.paper if lightness(wall) < 0.75 else lift(mix(wall, brief.palette.near, 0.75), 0.02)
    shade, bar = lift(wood, -0.1), 0.02
    canvas.veil(box(left, top, right, top + 0.06), brief.palette.ink, 0.35, 0.0)
    bars = [box(left - bar, top - bar, right + bar, top), box(left - bar, top, left, bottom), box(right, top, right + bar, bottom)]
    middle, cross = (left + right) / 2, top + (bottom - top) * 0.36
    bars += [box(middle - bar / 2, top, middle + bar / 2, bottom), box(left, cross - bar / 2, right, cross + bar / 2)]
    canvas.soft([shifted(part, 0.008, 0.01) for part in bars], brief.palette.ink, 0.01, 0.3)
    canvas.fill(bars, Fade(shades(wood, 0.02, 0)))
    canvas.fill([box(left - bar, top, left - bar * 0.75, bottom), box(middle + bar * 0.25, top, middle + bar / 2, bottom)], shade, 0.7)
    canvas.soft(box(left - 0.03, bottom + 0.05, right + 0.05, bottom + 0.1), lift(wall, -0.22), 0.02, 0.6)
    canvas.fill(box(left - 0.06, bottom, right + 0.06, bottom + 0.045), Fade(shades(wood, 0.04, 0)))
    canvas.fill(box(left - 0.06, bottom + 0.045, right + 0.06, bottom + 0.07), shade)


def _plant(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    chance, green = brief.chance, mix(brief.palette.near, brief.palette.accents[2], 0.45)
    pot, kind = size * 0.36, pick(chance, (stems.spray, stems.coin, stems.fern, flowers.poppy))
    for lean in (-0.42, 0.38, -0.12, 0.1):
        high = size * chance.uniform(0.55, 0.75)
        spine = bezier((x, y - pot * 0.9), (x + lean * size * 0.25, y - pot - high * 0.5), (x + lean * size, y - pot - high), 30)
        kind(canvas, brief, spine, green)
    vessels.pot(canvas, brief, "cup", x, y, pot, brief.palette.accents[0])
