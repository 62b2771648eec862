"""What is delivered instead of what was bought."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from generations.catalogue.sizes import Size
from generations.dialects.faults import RESULT, failed, refused
from generations.sandbox.order import Piece

Pieces = tuple[Piece, ...]
SMALLEST = 64
WORDS = "The request failed because the output image may contain sensitive information.", "OutputImageSensitiveContentDetected"
REFUSED = refused(RESULT, *WORDS)
FAILED = failed(RESULT, True, *WORDS)  # of a picture or a task: it was taken on, but costs nothing


def half(size: Size) -> Size:
    return Size(max(size.width // 2, SMALLEST), max(size.height // 2, SMALLEST))


def other(format: str) -> str:
    return "png" if format == "jpeg" else "jpeg"


def last_refused(pieces: Pieces) -> Pieces:
    return (*pieces[:-1], replace(pieces[-1], trouble=FAILED))


RESULTS: Mapping[str, Callable[[Pieces], Pieces]] = {
    "item-refused": last_refused,
    "all-refused": lambda pieces: tuple(replace(piece, trouble=FAILED) for piece in pieces),
    "fewer": lambda pieces: pieces[: max(1, len(pieces) - 1)],
    "extra": lambda pieces: (*pieces, replace(pieces[-1], index=len(pieces))),
    "drops-fields": lambda pieces: pieces[:1],
    "wrong-size": lambda pieces: tuple(replace(piece, made=half(piece.size)) for piece in pieces),
    "wrong-format": lambda pieces: tuple(replace(piece, format=other(piece.format), called=piece.format) for piece in pieces),
    "twins": lambda pieces: tuple(replace(piece, index=0) for piece in pieces),
}


def altered(pieces: Pieces, drills: Mapping[str, int]) -> Pieces:
    for name, change in RESULTS.items():
        if name in drills:
            pieces = change(pieces)
    return pieces
