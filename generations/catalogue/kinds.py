"""Values of the wrong kind. The types forbid them, but a script's JSON, a stored row and an old form do not know the types."""

import math
from typing import Any

from generations.catalogue.request import LEAST_SEED, GenerationRequest, Logo, Reference
from generations.catalogue.sizes import LONGEST, Size

MOST_BYTES = 2**53  # more is no length of a file

# What each field may be, and the value that is refused with that field's own sentence.
KINDS: dict[str, tuple[tuple[type, ...], Any]] = {
    "prompt": ((str,), ""),
    "images": ((int,), 0),
    "ratio": ((str,), "?"),
    "tier": ((str,), "?"),
    "references": ((tuple, list), (None,)),
    "seed": ((int, type(None)), LEAST_SEED - 1),
    "guidance": ((int, float, type(None)), math.nan),
    "format": ((str,), "?"),
    "logo": ((Logo, type(None)), Logo(-1, -1, -1)),
}


def sound(request: GenerationRequest) -> GenerationRequest:
    """The request with every value of a wrong kind replaced by one that is surely refused."""
    wrong = {name: refused for name, (kinds, refused) in KINDS.items() if not kind(getattr(request, name), kinds)}
    return request.with_(**wrong) if wrong else request


def kind(value: object, kinds: tuple[type, ...]) -> bool:
    """True and False are no numbers here."""
    return isinstance(value, kinds) and not isinstance(value, bool)


def whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def within(value: object, least: float, most: float) -> bool:
    """NaN and the infinities are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def measured(size: object) -> bool:
    return isinstance(size, Size) and whole(size.width, 1, LONGEST) and whole(size.height, 1, LONGEST)


def legible(reference: object) -> bool:
    return isinstance(reference, Reference) and measured(reference.size) and whole(reference.bytes, 0, MOST_BYTES)
