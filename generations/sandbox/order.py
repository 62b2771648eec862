"""What somebody has bought: which pictures, and when they are due. Everything is settled when it is taken on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import Size
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Trouble
from generations.sandbox.atelier import painted

SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}
SHORT_SEED = 100_000  # seeds far apart never share a picture, whatever their number


@dataclass(frozen=True)
class Piece:
    """One picture of an order."""

    index: int
    size: Size
    format: str
    called: str = ""  # the format that its link and its type claim, when it is another
    made: Size | None = None  # the size it really has, when it is another
    trouble: Trouble | None = None  # why it did not come

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.called or self.format]


@dataclass(frozen=True)
class Order:
    id: str
    asked: Asked
    request: GenerationRequest
    engine: Engine
    drills: Mapping[str, int]
    born: float
    takes: float  # seconds
    pieces: tuple[Piece, ...]
    refused: Trouble | None = None  # the result as a whole
    sights: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def weight(self) -> int:
        return len(self.request.prompt) * 4 + sum(map(len, self.sights)) + 2000

    @property
    def due(self) -> float:
        return self.born + self.takes

    @property
    def billed(self) -> int:
        return 0 if self.refused else sum(piece.trouble is None for piece in self.pieces)

    def paint(self, piece: Piece, sheet: int) -> bytes:
        size = piece.made or piece.size
        seed = max(self.request.seed or 0, 0)  # -1 and none are chance, which here is always the same
        index = piece.index + seed * SHORT_SEED
        return painted(self.request.prompt, index, size.width, size.height, SUFFIXES[piece.format], self.sights, sheet)


def pieces(request: GenerationRequest, size: Size, formats: tuple[str, ...]) -> tuple[Piece, ...]:
    return tuple(Piece(index, size, request.format or formats[0]) for index in range(request.images))


def digest(asked: Asked, request: GenerationRequest) -> str:
    """Equal for equal requests, whatever the boundary of their form and the order of their fields."""
    plain = (asked.wire_id, asked.inline, replace(request, engine=""))
    return sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()


def seconds(digest: str, asks: bool) -> float:
    """How long it takes: always the same for the same request. A task takes longer than a call that is held open."""
    share = int(digest[:8], 16) / 0xFFFFFFFF
    return 6 + 19 * share if asks else 3 + 17 * share
