"""What is wrong with the size that was asked for: by ratio and tier, or in exact pixels."""

from collections.abc import Iterator

from generations.catalogue.engine import Engine, PixelRange
from generations.catalogue.kinds import measured
from generations.catalogue.problem import Problem, _, number, ratio
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import AUTO, Size

UNREADABLE = Problem("size", _("Size must look like 2048x2048."))


def read_size(text: str) -> Size | Problem:
    """What somebody typed."""
    return Size.read(text) or UNREADABLE


def size_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    if request.size is None:
        yield from tier_problems(request, engine)
        yield from ratio_problems(request, engine)
        return
    if request.ratio or request.tier:
        yield Problem("size", _("Choose ratio+resolution or exact pixels, not both."))
    if not measured(request.size):
        yield UNREADABLE
    elif engine.place(request.size) is None:
        yield from pixel_problems(request.size, engine)


def tier_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    if engine.tiers and request.tier not in engine.tiers:
        yield Problem("tier", _("{engine} offers {tiers}."), {"engine": engine.name, "tiers": ", ".join(engine.tiers)})


def ratio_problems(request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
    offered = [*engine.ratios(), *([AUTO] if engine.auto else [])]
    if request.ratio not in offered:
        yield Problem("ratio", _("{engine} offers these ratios: {ratios}."), {"engine": engine.name, "ratios": ", ".join(offered)})
    elif request.ratio == AUTO and engine.auto_needs_reference and not request.references:
        yield Problem("ratio", _("{engine} takes the ratio from a reference; add one or pick a ratio."), {"engine": engine.name})


def pixel_problems(size: Size, engine: Engine) -> Iterator[Problem]:
    if engine.free:
        yield from range_problems(size, engine, engine.free)
    elif engine.tiers:
        figures = {"engine": engine.name, "size": size}
        yield Problem("size", _("{engine} does not make {size}; pick ratio and resolution."), figures)
    else:
        yield Problem("size", _("{engine} takes the size from the reference."), {"engine": engine.name})


def range_problems(size: Size, engine: Engine, free: PixelRange) -> Iterator[Problem]:
    figures = {"engine": engine.name, "size": size, "pixels": number(size.pixels)}
    if size.pixels < free.least:
        sentence = _("{engine} needs at least {least} pixels; {size} has {pixels}.")
        yield Problem("size", sentence, {**figures, "least": number(free.least)})
    if size.pixels > free.most:
        yield Problem("size", _("{engine} makes at most {most} pixels; {size} has {pixels}."), {**figures, "most": number(free.most)})
    if not free.narrowest <= size.aspect <= free.widest:
        shape = {"narrowest": ratio(free.narrowest), "widest": ratio(free.widest)}
        yield Problem("size", _("Width to height must be from {narrowest} to {widest}; {size} is not."), {**figures, **shape})
    elif not free.least_side <= min(size.width, size.height) <= max(size.width, size.height) <= free.most_side:
        sides = {"least": free.least_side, "most": free.most_side}
        yield Problem("size", _("Each side must have {least} to {most} pixels; {size} does not."), {**figures, **sides})
