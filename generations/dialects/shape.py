"""A size in one word, as all but APIMart write it: exact pixels, a bare tier where the engine chooses the ratio, or "adaptive"."""

import re

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO, Size

ADAPTIVE = "adaptive"
TIER = re.compile(r"[1-9](?:\.[0-9])?K", re.ASCII)
RATIO = re.compile(r"[1-9][0-9]?:[1-9][0-9]?", re.ASCII)


def write_size(request: GenerationRequest, engine: Engine) -> str:
    """Pixels rather than a tier wherever they are known: with a bare tier the engine chooses the ratio by the prompt."""
    if engine.adaptive:
        return ADAPTIVE
    size = request.size or engine.tiers.get(request.tier, {}).get(request.ratio)
    return str(size) if size else request.tier


def read_size(word: str) -> tuple[str, str, Size | None] | None:
    """Ratio, tier and pixels; None if it is no size. Pixels that stand in an engine's table are for whoever knows the engine."""
    if not word:
        return "", "", None
    if size := Size.read(word):
        return "", "", size
    if TIER.fullmatch(word.upper()):
        return AUTO, word.upper(), None
    return (AUTO, "", None) if word == ADAPTIVE else None
