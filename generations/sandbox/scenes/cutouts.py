"""Shapes cut from painted paper and pasted in fields, with the paper showing between."""

from random import Random

from PIL.Image import Image

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import pick, shuffled
from generations.sandbox.easel.colour import Colour, distance, lift, shades
from generations.sandbox.easel.curves import Outline, box, disc, place, shifted, turn
from generations.sandbox.easel.ink import Fade
from generations.sandbox.scenes.scissors import SHAPES
from generations.sandbox.scenes.tiles import inks

GAP = 0.02


def cutouts(canvas: Canvas, brief: Brief) -> None:
    chance, colours = brief.chance, inks(brief)
    canvas.flood(brief.palette.paper)
    columns, rows = max(1, round(canvas.wide * 2)), max(1, round(canvas.tall * pick(chance, (2, 2.4))))
    makers, last = shuffled(chance, SHAPES), brief.palette.paper
    widths, heights = _shares(chance, columns, canvas.wide), _shares(chance, rows, canvas.tall)
    for row in range(rows):
        for column in range(columns):
            field = box(widths[column] + GAP, heights[row] + GAP, widths[column + 1], heights[row + 1])
            last = pick(chance, [colour for colour in colours if colour != last])
            _field(canvas, brief, field, last)
            number = row * columns + column
            if brief.pictures and number % 3 == 1:
                _paste(canvas, field, brief.pictures[number // 3 % len(brief.pictures)])
            else:
                _cut(canvas, brief, field, makers[number % len(makers)](chance), last, colours)


def _shares(chance: Random, count: int, whole: float) -> list[float]:
    """Uneven columns: equal ones look printed, not pasted."""
    parts = [chance.uniform(0.82, 1.2) for _ in range(count)]
    total, edges = sum(parts), [0.0]
    for part in parts:
        edges.append(edges[-1] + part / total * (whole - GAP))
    return edges


def _field(canvas: Canvas, brief: Brief, field: Outline, ground: Colour) -> None:
    slip = [(x + brief.chance.uniform(-0.003, 0.003), y + brief.chance.uniform(-0.003, 0.003)) for x, y in field]
    canvas.fill(slip, Fade(shades(ground, 0.012, -0.012), brief.chance.uniform(0, 180)))


def _cut(canvas: Canvas, brief: Brief, field: Outline, shapes: list[Outline], ground: Colour, colours: list[Colour]) -> None:
    (left, top), (right, bottom) = field[0], field[2]
    size = min(right - left, bottom - top) * 0.45
    tries = [colour for colour in colours if distance(colour, ground) > 0.22] or [c for c in colours if c != ground]
    ink, lean = pick(brief.chance, tries), brief.chance.uniform(-9, 9)
    put = [place(turn(shape, lean), (left + right) / 2, (top + bottom) / 2, size) for shape in shapes]
    canvas.soft([shifted(shape, 0.004, 0.007) for shape in put], lift(ground, -0.2), 0.006, 0.4)
    canvas.fill(put, Fade(shades(ink, 0.012, -0.012), 40))


def _paste(canvas: Canvas, field: Outline, picture: Image) -> None:
    (left, top), (right, bottom) = field[0], field[2]
    canvas.picture(disc((left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top) * 0.43), picture)
