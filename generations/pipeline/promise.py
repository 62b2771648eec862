"""What was promised, and what came."""

from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO, Size
from generations.media.look import Facts
from generations.models import Generation

NEAR = 0.02  # providers round to multiples of 8 or 16 pixels


def broken(generation: Generation, facts: Facts) -> list[dict[str, str]]:
    """The promises that this picture does not keep; the number of pictures is the generation's matter."""
    request, size = generation.asked(), Size(facts.width, facts.height)
    promised = Size(generation.width, generation.height) if generation.width and generation.height else None
    found = []
    if promised and size != promised:
        found.append(("size", str(promised), str(size)))
    aspect = promised.aspect if promised else aspect_of(request)
    if aspect and abs(size.aspect / aspect - 1) > NEAR:
        found.append(("ratio", request.ratio or f"{aspect:.2f}", f"{size.aspect:.2f}"))
    if request.format and facts.format != request.format:
        found.append(("format", request.format, facts.format))
    return [{"name": name, "promised": before, "delivered": after} for name, before, after in found]


def aspect_of(request: GenerationRequest) -> float | None:
    width, _, height = request.ratio.partition(":")
    if request.ratio == AUTO or not (width.isdecimal() and height.isdecimal() and int(height)):
        return None
    return int(width) / int(height)
