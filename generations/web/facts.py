"""What was asked for against what came, and everything else there is to say about an image."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO, RATIOS
from generations.models import Generation, Image, ImageStatus
from generations.pipeline import money
from generations.web.words import NO_BREAK, pixels

NEAR = 0.02  # as near as a shape must be to bear the name of a ratio

Verdict = Literal["kept", "broken", "open"]


@dataclass(frozen=True)
class Row:
    name: str
    label: str
    asked: str
    delivered: str
    verdict: Verdict


@dataclass(frozen=True)
class Cost:
    """Of this one image: its share of what its request cost."""

    word: money.Word
    share: int | None
    total: int
    count: int


def asked_and_delivered(image: Image) -> list[Row]:
    generation, request = image.generation, image.generation.asked()
    broken = {one["name"] for one in image.broken}
    rows = [measure(image, generation), ratio(image, request), count(generation), form(image, request), watermark(request)]
    return [Row(row.name, row.label, row.asked, row.delivered, "broken" if row.name in broken else row.verdict) for row in rows if row]


def measure(image: Image, generation: Generation) -> Row:
    came = pixels(image.width, image.height)
    if not generation.width:
        return Row("size", _("Pixels"), _("left to the engine"), came, "open")
    asked = pixels(generation.width, generation.height)
    return Row("size", _("Pixels"), asked, came, "kept" if asked == came else "broken")


def ratio(image: Image, request: GenerationRequest) -> Row:
    came = ratio_of(image.width, image.height)
    asked = ratio_of(request.size.width, request.size.height) if request.size else request.ratio
    if asked in ("", AUTO):
        return Row("ratio", _("Ratio"), _("left to the engine"), came, "open")
    return Row("ratio", _("Ratio"), asked, came, "kept" if asked == came else "open")


def count(generation: Generation) -> Row:
    came = sum(one.status == ImageStatus.STORED for one in generation.images.all())
    verdict: Verdict = "kept" if came >= generation.images_asked else "open" if generation.running else "broken"
    return Row("count", _("Images"), str(generation.images_asked), str(came), verdict)


def form(image: Image, request: GenerationRequest) -> Row:
    engine = ENGINES.get(request.engine)
    asked = request.format or (engine.formats[0] if engine else "")
    return Row("format", _("Format"), asked.upper() or "–", image.format.upper(), "kept" if asked == image.format else "open")


def watermark(request: GenerationRequest) -> Row | None:
    """It is asked for every time, but nobody looks for it in the picture yet, and that is said."""
    engine = ENGINES.get(request.engine)
    if engine and engine.watermark is None and not request.watermark:
        return None
    return Row("watermark", _("Watermark"), _("with") if request.watermark else _("without"), _("not examined"), "open")


def meaning(image: Image) -> str:
    """One sentence about the pixels, where they are not what was promised."""
    generation = image.generation
    if not (generation.width and generation.height and image.width and image.height):
        return ""
    promised, came = generation.width * generation.height, image.width * image.height
    percent = round(abs(came - promised) / promised * 100)
    if not percent:
        return ""
    sentence = _("{percent} fewer pixels than asked.") if came < promised else _("{percent} more pixels than asked.")
    return sentence.format(percent=f"{percent}{NO_BREAK}%")


def ratio_of(width: int | None, height: int | None) -> str:
    """By its usual name, or as a number to one."""
    if not width or not height:
        return "–"
    shape = width / height
    names = ((name, int(name.partition(":")[0]) / int(name.partition(":")[2])) for name in RATIOS)
    return next((name for name, usual in names if abs(shape / usual - 1) <= NEAR), f"{shape:.2f}:1")


def cost(generation: Generation) -> Cost:
    """What was paid is divided among the images the provider made."""
    made = sum(one.status != ImageStatus.MISSING for one in generation.images.all()) or 1
    amount = generation.charged or generation.held
    return Cost(money.word(generation), -(-amount // made) if amount else None, amount, made)


def seconds(image: Image) -> int | None:
    """From the moment it was sent until this picture was here."""
    sent, came = image.generation.sent_at, image.stored_at or image.generation.finished_at
    return round((came - sent).total_seconds()) if sent and came and came >= sent else None


def details(image: Image) -> list[tuple[str, str]]:
    return settings(image.generation.asked())


def settings(request: GenerationRequest) -> list[tuple[str, str]]:
    """What was set beside words, size and number."""
    said: list[tuple[str, str]] = []
    if request.seed is not None:
        said.append((_("Seed"), str(request.seed)))
    if request.guidance is not None:
        said.append((_("Guidance"), f"{request.guidance:g}"))
    if request.web_search:
        said.append((_("Web search"), _("on")))
    if request.logo:
        said.append((_("Logo"), f"{request.logo.position}, {request.logo.opacity:g}"))
    return said


def engine_name(engine: str) -> str:
    """Engines leave the catalogue; their images stay."""
    known = ENGINES.get(engine)
    return known.name if known else engine
