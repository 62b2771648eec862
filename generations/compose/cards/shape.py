"""The shape of a tile, known before its picture is there. A class, because the pages allow no inline style."""

from math import log

from generations.models import Generation

# as the style sheets have them
SHAPES = {
    f"r-{width}x{height}": width / height
    for width, height in [
        *[(1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (21, 9), (4, 5)],
        *[(5, 4), (2, 1), (1, 2), (9, 21), (3, 1), (1, 3), (5, 1), (1, 5), (10, 1), (1, 10)],
    ]
}
LOW, HIGH = 86, 116  # pixels that a strip is high
BESIDE = 330  # a strip as wide as this leaves room for its note


def shape(generation: Generation) -> str:
    """The nearest one. Where the engine chooses, a square, and the picture is shown whole in it."""
    if not generation.width or not generation.height:
        return "r-1x1 fit"
    asked = log(generation.width / generation.height)
    return min(SHAPES, key=lambda name: abs(log(SHAPES[name]) - asked))


def ratio(shape: str) -> float:
    return SHAPES[shape.partition(" ")[0]]


def width(shape: str, tiles: int, tall: bool) -> float:
    return tiles * (ratio(shape) * (HIGH if tall else LOW) + 4)
