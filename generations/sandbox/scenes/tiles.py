"""Quarter circles, rings and half moons on a grid, as on a kitchen wall in Lisbon or a record sleeve."""

from collections.abc import Callable
from math import ceil

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import pick
from generations.sandbox.easel.colour import Colour, distance, lightness, mix
from generations.sandbox.easel.curves import Outline, arc, box, disc, place, turn

Tile = Callable[[Canvas, Callable[[Outline], Outline], list[Colour]], None]


def tiles(canvas: Canvas, brief: Brief) -> None:
    chance, colours = brief.chance, inks(brief)
    across = max(1, round(canvas.wide * pick(chance, (3, 4, 4, 5))))
    size = canvas.wide / across
    above: list[Colour] = [brief.palette.paper] * across
    for row in range(ceil(canvas.tall / size - 0.02)):
        before = brief.palette.paper
        for column in range(across):
            above[column] = before = _tile(canvas, brief, colours, (column, row), size, (before, above[column]))


def inks(brief: Brief) -> list[Colour]:
    """Colours of this palette that can be told apart side by side."""
    palette, chosen = brief.palette, list[Colour]()
    deep = palette.ink if lightness(palette.near) > 0.45 else palette.near
    wishes = (*palette.accents, palette.paper, deep, mix(palette.accents[0], palette.paper, 0.55), palette.far, palette.high)
    for wish in wishes:
        if all(distance(wish, other) > 0.11 for other in chosen):
            chosen.append(wish)
    return chosen[:6]


def _tile(canvas: Canvas, brief: Brief, colours: list[Colour], spot: tuple[int, int], size: float, near: tuple[Colour, Colour]) -> Colour:
    chance, (column, row) = brief.chance, spot
    ground = pick(chance, [colour for colour in colours if colour not in near] or colours)
    rest = [colour for colour in colours if colour != ground]
    first = pick(chance, rest)
    second = pick(chance, [colour for colour in rest if colour != first] or rest)
    quarter, kind = int(chance.random() * 4) * 90, pick(chance, KINDS)

    def put(outline: Outline) -> Outline:
        return place(turn(outline, quarter, (0.5, 0.5)), column * size, row * size, size)

    canvas.fill(put(box(-0.003, -0.003, 1.003, 1.003)), ground)
    if brief.motif and (column * 5 + row * 3) % 7 == 2:
        canvas.picture(put(box(0, 0, 1, 1)), brief.pictures[(column + row) % len(brief.pictures)])
    else:
        kind(canvas, put, [first, second, ground])
    return ground


def _wedge(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill(put([(0, 0), *arc(0, 0, 1, 0, 90)]), ink[0])


def _ring(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    for share, colour in ((1.0, ink[0]), (0.66, ink[2]), (0.33, ink[1])):
        canvas.fill(put([(0, 0), *arc(0, 0, share, 0, 90)]), colour)


def _moons(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill(put(arc(0.5, 0, 0.5, 0, 180)), ink[0])
    canvas.fill(put(arc(0.5, 0.5, 0.5, 0, 180)), ink[1])


def _dot(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill(put(disc(0.5, 0.5, 0.34)), ink[0])


def _leaf(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill(put([*arc(0, 0, 1, 0, 90), *arc(1, 1, 1, 180, 270)]), ink[0])


def _half(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill(put([(0, 0), (1, 0), (0, 1)]), ink[0])


def _bars(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    canvas.fill([put(box(0, i / 5, 1, (i + 0.5) / 5)) for i in range(5)], ink[0])


def _petals(canvas: Canvas, put: Callable[[Outline], Outline], ink: list[Colour]) -> None:
    for corner, colour in (((0, 0), ink[0]), ((1, 1), ink[0]), ((1, 0), ink[1]), ((0, 1), ink[1])):
        start = {(0, 0): 0, (1, 0): 90, (1, 1): 180, (0, 1): 270}[corner]
        canvas.fill(put([corner, *arc(*corner, 0.5, start, start + 90)]), colour)


KINDS: tuple[Tile, ...] = (_wedge, _wedge, _ring, _ring, _moons, _dot, _leaf, _half, _bars, _petals)
