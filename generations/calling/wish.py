"""What a program wants, in whatever dialect it said so."""

from dataclasses import dataclass

from generations.dialects.dialect import Asked
from generations.models import Collection, Generation


@dataclass(frozen=True)
class Wish:
    asked: Asked  # its references are links or bytes
    door: str = ""  # the dialect it was said in; "" is the studio's own
    key: str = ""  # an idempotency key: the same again is the same request
    again: bool = False  # the program says that it repeats itself
    private: bool | None = None  # None: as its team has decided
    collection: Collection | None = None  # for its images
    parent: Generation | None = None
