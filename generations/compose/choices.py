"""What the chosen engine lets one choose: ratios drawn to scale, resolutions with their exact pixels, and the finer points."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from generations.catalogue.engine import Engine
from generations.catalogue.sizes import AUTO
from generations.compose.filled import Filled
from generations.compose.fit import aspect
from generations.web.words import pixels

WIDE, HIGH = 30, 28  # of the drawing
AREA = 300  # of every shape in it, so that they compare honestly
ORDER = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9")  # by how far from square, lying and standing side by side


@dataclass(frozen=True)
class Tile:
    value: str
    chosen: bool
    x: str
    y: str
    width: str
    height: str

    @property
    def auto(self) -> bool:
        return self.value == AUTO


@dataclass(frozen=True)
class Tier:
    value: str
    pixels: str
    chosen: bool


def tiles(engine: Engine, chosen: str) -> list[Tile]:
    offered = engine.ratios()
    auto = [AUTO] if engine.auto and offered else []
    return [tile(ratio, ratio == chosen) for ratio in (*auto, *sorted(offered, key=ORDER.index))]


def tile(ratio: str, chosen: bool) -> Tile:
    shape = 1.0 if ratio == AUTO else aspect(ratio)
    width, height = sqrt(AREA * shape), sqrt(AREA / shape)
    x, y = (WIDE - width) / 2, (HIGH - height) / 2
    return Tile(ratio, chosen, *(f"{value:.1f}" for value in (x, y, width, height)))


def tiers(engine: Engine, filled: Filled) -> list[Tier]:
    """One is chosen also while exact pixels are: it waits for a ratio."""
    sizes = {tier: table.get(filled.ratio) for tier, table in engine.tiers.items()}
    return [Tier(tier, pixels(size.width, size.height) if size else "", tier == filled.tier) for tier, size in sizes.items()]


def finer_points(filled: Filled, engine: Engine) -> Iterator[str]:
    """The advanced part in one line, for while it is folded."""
    yield (filled.format or engine.formats[0]).upper()
    if engine.watermark is not None:
        yield _("watermark") if filled.watermark else _("no watermark")
    named = {
        _("exact pixels"): filled.exact,
        _("seed %(seed)s") % {"seed": filled.seed[:12]}: engine.seed and filled.seed,
        _("guidance %(guidance)s") % {"guidance": filled.guidance[:6]}: engine.guidance and filled.guidance,
        _("logo"): engine.logo and filled.logo_position,
        _("web search"): engine.web_search and filled.web_search,
    }
    yield from (name for name, chosen in named.items() if chosen)
