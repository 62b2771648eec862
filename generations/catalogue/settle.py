"""What of a request an engine really takes: shown before it is paid, and exactly this is written on the wire."""

from dataclasses import dataclass, fields
from typing import Any, Literal

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest

Fate = Literal["kept", "changed", "left out"]
PLAIN = GenerationRequest(engine="", prompt="")


@dataclass(frozen=True)
class Field:
    name: str
    asked: Any
    sent: Any
    fate: Fate


def complete(request: GenerationRequest, engine: Engine) -> GenerationRequest:
    """For scripts: a ratio or a tier that was not named becomes the provider's default. The composer always names both."""
    if request.size:
        return request
    ratio, tier = engine.usual
    return request.with_(ratio=request.ratio or ratio, tier=request.tier or tier)


def settle(request: GenerationRequest, engine: Engine) -> GenerationRequest:
    """The request with what the engine does not take left out, and with its defaults written down."""
    return placed(request, engine).with_(
        seed=request.seed if engine.seed else None,
        guidance=request.guidance if engine.guidance else None,
        format=(request.format or engine.formats[0]) if len(engine.formats) > 1 else "",
        watermark=request.watermark if engine.watermark is not None else False,
        logo=request.logo if engine.logo else None,
        web_search=request.web_search and engine.web_search,
    )


def placed(request: GenerationRequest, engine: Engine) -> GenerationRequest:
    """Pixels of an engine that knows only its table are a ratio and a tier; a tier is nothing to an engine without any."""
    if request.size and not engine.free and (place := engine.place(request.size)):
        return request.with_(size=None, ratio=place[0], tier=place[1])
    return request if engine.tiers else request.with_(tier="")


def fates(request: GenerationRequest, engine: Engine) -> list[Field]:
    """Each field that was asked for, and what becomes of it."""
    sent = settle(request, engine)
    if request.size and not sent.size:  # the same pixels by another name
        request = request.with_(size=None, ratio=sent.ratio, tier=sent.tier)
    if request.format == engine.formats[0] and not sent.format:  # it is not said, but it is what comes
        sent = sent.with_(format=request.format)
    names = [field.name for field in fields(request) if field.name != "engine"]
    said = [name for name in names if any(getattr(one, name) != getattr(PLAIN, name) for one in (request, sent))]
    return [Field(name, getattr(request, name), getattr(sent, name), fate(name, request, sent)) for name in said]


def fate(name: str, request: GenerationRequest, sent: GenerationRequest) -> Fate:
    before, after = getattr(request, name), getattr(sent, name)
    if before == after:
        return "kept"
    return "left out" if after == getattr(PLAIN, name) else "changed"
