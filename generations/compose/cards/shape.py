"""The shape of a strip of tiles, known before there is a picture."""

from generations.models import Generation
from generations.web import shapes

LOW, HIGH = 86, 116  # pixels that a strip is high
BESIDE = 330  # a strip as wide as this leaves room for its note


def shape(generation: Generation) -> str:
    """Where the engine chooses, a square, and the picture is shown whole in it: it must not jump when it comes."""
    known = generation.width and generation.height
    return shapes.shape(generation.width, generation.height) if known else "r-1x1 fit"


def ratio(generation: Generation) -> float:
    return generation.width / generation.height if generation.width and generation.height else 1.0


def width(generation: Generation, tiles: int, tall: bool) -> float:
    return tiles * (ratio(generation) * (HIGH if tall else LOW) + 4)
