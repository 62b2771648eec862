"""The pixels a provider would deliver, where the request leaves them open."""

from hashlib import sha256

from generations.catalogue.check import promised_size
from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO, Size, Table


def usual(request: GenerationRequest, engine: Engine) -> GenerationRequest:
    """With the provider's defaults where nothing was said about the size."""
    if request.size:
        return request
    ratio, tier = engine.usual
    return request.with_(ratio=request.ratio or ratio, tier=request.tier or tier)


def pixels(request: GenerationRequest, engine: Engine) -> Size:
    """A checked request's size. Left to the engine, the first reference decides, or else the words, as they please."""
    size = promised_size(request, engine)
    if size:
        return size
    tier = engine.tiers.get(request.tier) or next(iter(engine.tiers.values()), {"1:1": Size(1024, 1024)})
    if request.ratio == AUTO and request.references:
        return nearest(request.references[0].size, tier)
    return list(tier.values())[sha256(request.prompt.encode()).digest()[0] % len(tier)]


def nearest(size: Size, tier: Table) -> Size:
    return min(tier.values(), key=lambda one: abs(one.aspect - size.aspect))
