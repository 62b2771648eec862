"""What one AI model takes and gives, as one provider serves it. Facts only: whoever adds an engine writes no code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generations.catalogue.sizes import LONGEST, Size, Table

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class PixelRange:
    """Exact pixels that may be asked for: their number, width by height, and each side."""

    least: int
    most: int
    narrowest: float = 1 / 16
    widest: float = 16.0
    least_side: int = 1
    most_side: int = LONGEST


@dataclass(frozen=True)
class References:
    """What may go in beside the prompt. `formats` and the rest are the strictest that the provider's sources state."""

    needed: int = 0
    most: int = 0
    with_images: int | None = None  # references + images may not exceed it
    formats: tuple[str, ...] = ("jpeg", "png")
    narrowest: float = 1 / 3
    widest: float = 3.0
    least_side: int = 15
    most_bytes: int = 10 * MEGABYTE
    most_pixels: int = 36_000_000
    as_links: bool = True
    as_files: bool = True  # bytes: a data URI or a part of the form

    def fit(self, count: int) -> bool:
        return self.needed <= count <= self.most


NO_REFERENCES = References()


@dataclass(frozen=True)
class Guidance:
    least: float = 1.0
    most: float = 10.0
    usual: float = 2.5


@dataclass(frozen=True)
class Price:
    """A suggestion in millionths of a US dollar for an image; the administrator's own price counts."""

    image: int
    large_image: int | None = None  # above `large` pixels
    large: int | None = None
    exact_is_large: bool = False  # every size that was asked for in pixels costs like a large one
    reference: int = 0
    free_references: int = 0


@dataclass(frozen=True)
class Engine:
    id: str  # stable: scripts and stored requests name it
    name: str
    wire_id: str  # what the provider calls it; an administrator may override it
    aliases: tuple[str, ...] = ()
    resells: str = ""  # the model of Ark's that this is, where the id does not tell
    tiers: Mapping[str, Table] = field(default_factory=dict, hash=False)  # pixels of every tier and ratio, in the menu's order
    usual: tuple[str, str] = ("1:1", "2K")  # ratio and tier where a script names none: the provider's default
    auto: bool = False  # the engine may choose the ratio itself
    auto_needs_reference: bool = False
    adaptive: bool = False  # the first reference decides the size, by the table in adaptive.py
    free: PixelRange | None = None  # exact pixels may be asked for
    references: References = NO_REFERENCES
    most_images: int = 1
    prompt_limit: int = 10_000
    seed: bool = False
    seed_note: str = ""  # when the seed is sent but its effect is not promised
    guidance: Guidance | None = None
    formats: tuple[str, ...] = ("jpeg",)  # the first is the default; more than one means that it can be chosen
    watermark: bool | None = None  # the provider's default; None: there is no such field
    logo: bool = False
    web_search: bool = False
    link_hours: int = 24
    price: Price | None = None
    seconds: int = 25  # usual, until the studio has measured its own
    ends: date | None = None
    successor: str = ""

    @property
    def dialect(self) -> str:
        return self.id.partition("/")[0]

    @property
    def family(self) -> str:
        """The same for all that are one model, whoever serves it under whatever name."""
        return self.resells or self.id.partition("/")[2]

    @property
    def edits(self) -> bool:
        """It changes a picture and makes none from words alone."""
        return self.references.needed > 0

    def ratios(self) -> list[str]:
        return list(dict.fromkeys(ratio for table in self.tiers.values() for ratio in table))

    def place(self, size: Size) -> tuple[str, str] | None:
        """The ratio and tier whose pixels these are."""
        return next(((ratio, tier) for tier, table in self.tiers.items() for ratio, found in table.items() if found == size), None)
