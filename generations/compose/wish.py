"""The form's text as a request. Text that is no number stays what it is: the catalogue's check refuses it with the field's own sentence."""

import re
from typing import Any

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest, Logo, Reference
from generations.catalogue.sizes import Size
from generations.compose.filled import Filled

WHOLE = re.compile(r"-?[0-9]{1,12}", re.ASCII)
DECIMAL = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


def wish(filled: Filled, engine: Engine, references: tuple[Reference, ...]) -> GenerationRequest:
    return GenerationRequest(
        engine=engine.id,
        prompt=filled.prompt,
        images=whole(filled.images),
        seed=taken(engine.seed, whole, filled.seed),
        guidance=taken(engine.guidance is not None, decimal, filled.guidance),
        format=filled.format,
        watermark=bool(filled.watermark),
        web_search=bool(filled.web_search),
        logo=read_logo(filled) if engine.logo and filled.logo_position.strip() else None,
        references=references,
        **shape(filled, engine),
    )


def shape(filled: Filled, engine: Engine) -> dict[str, Any]:
    """Ratio and tier, or exact pixels. A tier belongs to a ratio: where none is chosen, the pixels are meant."""
    by_pixels = filled.exact or (engine.free is not None and not filled.ratio)
    size = Size(whole(filled.width), whole(filled.height)) if by_pixels else None
    tier = "" if by_pixels and not filled.ratio else filled.tier
    return {"ratio": filled.ratio, "tier": tier, "size": size}


def read_logo(filled: Filled) -> Logo:
    return Logo(whole(filled.logo_position), whole(filled.logo_language or "0"), decimal(filled.logo_opacity or "1"))


def taken(takes: bool, read: Any, text: str) -> Any:
    """What the engine does not take may be shown as left out, but only if it is a value at all."""
    if not text.strip():
        return None
    value = read(text)
    return value if takes or not isinstance(value, str) else None


def whole(text: str) -> Any:
    return int(text) if WHOLE.fullmatch(text.strip()) else text


def decimal(text: str) -> Any:
    return float(text) if DECIMAL.fullmatch(text.strip()) else text
