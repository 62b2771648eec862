"""What a request may cost at most: so much money is held before anything is sent."""

from generations.catalogue.check import promised_size
from generations.catalogue.engine import Engine, Price
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO


def estimate(request: GenerationRequest, engine: Engine, price: Price) -> int:
    """In millionths of a US dollar: every image comes, as large as it can, and each reference beyond the free ones is paid."""
    paid = max(0, len(request.references) - price.free_references)
    return max(1, request.images) * each(request, engine, price) + paid * price.reference


def each(request: GenerationRequest, engine: Engine, price: Price) -> int:
    if price.large_image is None or price.large is None:
        return price.image
    exact = price.exact_is_large and request.ratio != AUTO
    return max(price.image, price.large_image) if exact or largest(request, engine) > price.large else price.image


def largest(request: GenerationRequest, engine: Engine) -> float:
    """Pixels of the largest image that may come. Where the engine chooses, it stays in the tier; without tiers nobody knows."""
    if size := promised_size(request, engine):
        return size.pixels
    return max((size.pixels for size in engine.tiers.get(request.tier, {}).values()), default=float("inf"))
