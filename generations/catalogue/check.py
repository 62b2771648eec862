"""Everything that is wrong with a request, at once, in sentences with the figures. The same for form, script and worker."""

import unicodedata
from collections.abc import Iterator

from generations.catalogue.adaptive import adapted
from generations.catalogue.engine import Engine
from generations.catalogue.kinds import sound, whole, within
from generations.catalogue.pictures import reference_problems
from generations.catalogue.problem import Problem, _, number
from generations.catalogue.request import LEAST_SEED, MOST_SEED, GenerationRequest, Logo
from generations.catalogue.shape import read_size, size_problems
from generations.catalogue.sizes import Size

__all__ = ["Problem", "check", "promised_size", "read_size"]

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their class, but nothing is to be seen


def check(request: GenerationRequest, engine: Engine) -> list[Problem]:
    request = sound(request)
    return [
        *prompt_problems(request.prompt, engine),
        *size_problems(request, engine),
        *image_problems(request, engine),
        *reference_problems(request, engine),
        *detail_problems(request, engine),
    ]


def promised_size(request: GenerationRequest, engine: Engine) -> Size | None:
    """The exact pixels that should come back; None where the engine chooses."""
    if request.size:
        return request.size
    if engine.adaptive:
        return adapted(request.references[0].size.aspect) if request.references else None
    return engine.tiers.get(request.tier, {}).get(request.ratio)


def prompt_problems(prompt: str, engine: Engine) -> Iterator[Problem]:
    if all(blank(letter) for letter in prompt.strip()[: engine.prompt_limit]):
        yield Problem("prompt", _("Please describe the image."))
    if "\0" in prompt:
        yield Problem("prompt", _("The prompt contains a character that cannot be stored (NUL)."))
    if broken(prompt):
        yield Problem("prompt", _("The request was not valid UTF-8 text."))
    if len(prompt) > engine.prompt_limit:
        figures = {"count": number(len(prompt)), "engine": engine.name, "most": number(engine.prompt_limit)}
        yield Problem("prompt", _("Prompt has {count} characters; the limit for {engine} is {most}."), figures)


def blank(letter: str) -> bool:
    """Spaces of every width, control and formatting characters."""
    return letter.isspace() or letter in FILLERS or unicodedata.category(letter) in ("Cc", "Cf")


def broken(text: str) -> bool:
    """JSON can carry half of a surrogate pair; neither a database nor a provider takes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def image_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    rules, images, references = engine.references, request.images, len(request.references)
    if not 1 <= images <= engine.most_images:
        if engine.most_images == 1:
            yield Problem("images", _("{engine} makes one image at a time."), {"engine": engine.name})
        else:
            yield Problem("images", _("Number of images must be 1 to {most}."), {"most": engine.most_images})
    elif rules.with_images and references and min(references, rules.most) + images > rules.with_images:
        figures = {"references": references, "images": images, "most": rules.with_images}
        yield Problem("images", _("References ({references}) plus images ({images}) may not exceed {most}."), figures)


def detail_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    """Fields that the engine does not take are no problem: they are not sent, and what will be sent says so."""
    yield from steering_problems(request, engine)
    if request.format and request.format not in engine.formats:
        figures = {"engine": engine.name, "formats": ", ".join(engine.formats).upper()}
        yield Problem("format", _("{engine} delivers {formats}."), figures)
    for name in ("watermark", "web_search"):
        if not isinstance(getattr(request, name), bool):
            yield Problem(name, _("This can only be on or off."))
    if engine.logo and request.logo:
        yield from logo_problems(request.logo)


def steering_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    """Seed and guidance."""
    if engine.seed and request.seed is not None and not LEAST_SEED <= request.seed <= MOST_SEED:
        yield Problem("seed", _("Seed must be a whole number from {least} to {most}."), {"least": LEAST_SEED, "most": MOST_SEED})
    rule, guidance = engine.guidance, request.guidance
    if rule and guidance is not None and not within(guidance, rule.least, rule.most):
        figures = {"least": f"{rule.least:g}", "most": f"{rule.most:g}"}
        yield Problem("guidance", _("Guidance must be between {least} and {most}."), figures)


def logo_problems(logo: Logo) -> Iterator[Problem]:
    if not within(logo.opacity, 0, 1):
        yield Problem("logo", _("Opacity of the logo must be between 0 and 1."))
    if not whole(logo.position, 0, 9):
        yield Problem("logo", _("Position of the logo must be 0 to 9."))
    if not whole(logo.language, 0, 9):
        yield Problem("logo", _("Language of the logo must be 0 to 9."))
