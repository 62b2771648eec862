"""What is wrong with the references: how many there are, and each by itself."""

from collections.abc import Iterator
from typing import Any

from generations.catalogue.engine import Engine
from generations.catalogue.kinds import legible
from generations.catalogue.problem import Problem, _, megabytes, number, ratio
from generations.catalogue.request import GenerationRequest, Reference


def reference_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    rules, count = engine.references, len(request.references)
    figures = {"engine": engine.name, "most": rules.most, "count": count}
    if count < rules.needed:
        yield Problem("references", _("This model edits an image; add one reference."))
    if count > rules.most:
        if rules.most == 0:
            yield Problem("references", _("{engine} takes no references."), figures)
        elif rules.most == 1:
            yield Problem("references", _("{engine} takes one reference; you have {count}."), figures)
        else:
            yield Problem("references", _("{engine} takes at most {most} references; you have {count}."), figures)
    elif rules.most:
        for place, reference in enumerate(request.references, start=1):
            yield from picture_problems(place, reference, engine)


def picture_problems(place: int, picture: Reference, engine: Engine) -> Iterator[Problem]:
    if not legible(picture):
        yield Problem("references", _("Reference {place} cannot be read; add it again."), {"place": place})
        return
    rules = engine.references
    figures = {"place": place, "engine": engine.name, "size": picture.size}
    if picture.format not in rules.formats:
        formats = ", ".join(rules.formats).upper()
        yield Problem("references", _("Reference {place}: {engine} takes {formats}."), {**figures, "formats": formats})
    yield from measure_problems(picture, engine, figures)
    if picture.bytes > rules.most_bytes:
        weights = {"most": megabytes(rules.most_bytes), "has": megabytes(picture.bytes)}
        yield Problem("references", _("Reference {place} has {has}; the limit is {most}."), {**figures, **weights})


def measure_problems(picture: Reference, engine: Engine, figures: dict[str, Any]) -> Iterator[Problem]:
    rules, size = engine.references, picture.size
    if min(size.width, size.height) < rules.least_side:
        sentence = _("Reference {place} is {size}; each side needs at least {least} pixels.")
        yield Problem("references", sentence, {**figures, "least": rules.least_side})
    elif not rules.narrowest <= size.aspect <= rules.widest:
        shape = {"narrowest": ratio(rules.narrowest), "widest": ratio(rules.widest)}
        sentence = _("Reference {place} is {size}; {engine} takes width to height from {narrowest} to {widest}. Crop or pad it.")
        yield Problem("references", sentence, {**figures, **shape})
    if size.pixels > rules.most_pixels:
        pixels = {"most": number(rules.most_pixels), "pixels": number(size.pixels)}
        yield Problem("references", _("Reference {place} has {pixels} pixels; the limit is {most}."), {**figures, **pixels})
