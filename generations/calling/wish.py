"""What a program wants, in whatever dialect it said so."""

from dataclasses import dataclass
from typing import Protocol

from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest
from generations.catalogue.shape import read_size
from generations.catalogue.sizes import Size
from generations.dialects.dialect import Asked
from generations.models import Collection, Generation
from generations.pipeline.start import Refused


class Said(Protocol):
    """A request as our own doors take it. None: not said."""

    prompt: str
    images: int
    ratio: str | None
    tier: str | None
    size: str | None
    seed: int | None
    guidance: float | None
    format: str | None


def request_of(said: Said) -> GenerationRequest:
    """Which engine makes it, and from which pictures, is found out later."""
    return GenerationRequest(
        engine="",
        prompt=said.prompt,
        images=said.images,
        ratio=said.ratio or "",
        tier=said.tier or "",
        size=exact(said.size),
        seed=said.seed,
        guidance=said.guidance,
        format=said.format or "",
    )


def exact(said: str | None) -> Size | None:
    found = read_size(said) if said else None
    if isinstance(found, Problem):
        raise Refused(found)
    return found


@dataclass(frozen=True)
class Wish:
    asked: Asked  # its references are links or bytes
    door: str = ""  # the dialect it was said in; "" is the studio's own
    key: str = ""  # an idempotency key: the same again is the same request
    again: bool = False  # the program says that it repeats itself
    private: bool | None = None  # None: as its team has decided
    collection: Collection | None = None  # for its images
    parent: Generation | None = None
