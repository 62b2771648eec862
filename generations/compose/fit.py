"""What still fits when the engine changes: it is kept, and of everything else it is said what became of it."""

from collections.abc import Iterator
from math import log

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from generations.catalogue.engine import Engine
from generations.catalogue.shape import size_problems
from generations.catalogue.sizes import AUTO, Size
from generations.compose.filled import Filled
from generations.compose.wish import decimal, whole, wish

LOGO = ("logo_position", "logo_language", "logo_opacity")
CHOICES = ("engine", "images", "ratio", "tier", "width", "height", "seed", "guidance", "format", "watermark", "web_search", *LOGO)


def fit(filled: Filled, engine: Engine) -> Filled:
    rule = engine.guidance
    fits = rule is not None and isinstance(decimal(filled.guidance), float) and rule.least <= decimal(filled.guidance) <= rule.most
    changes = {
        "images": images(filled, engine),
        "seed": filled.seed if engine.seed else "",
        "guidance": filled.guidance if fits else "",
        "format": filled.format if filled.format in engine.formats else "",
        "watermark": filled.watermark if engine.watermark is not None else "",
        "web_search": filled.web_search if engine.web_search else "",
        **({} if engine.logo else dict.fromkeys(LOGO, "")),
    }
    return filled.with_(**changes, **place(filled, engine))


def begin(engine: Engine) -> tuple[str, str]:
    """What nobody has chosen yet: a shape whose pixels are known, for what one picks is what one gets."""
    ratio, tier = engine.usual
    return (next(iter(engine.ratios()), ratio) if ratio == AUTO else ratio), tier


def images(filled: Filled, engine: Engine) -> str:
    wanted = whole(filled.images)
    return str(max(1, min(wanted, engine.most_images))) if isinstance(wanted, int) else "1"


def place(filled: Filled, engine: Engine) -> dict[str, str]:
    """Size, or the nearest that the engine has."""
    tier = filled.tier if filled.tier in engine.tiers else near_tier(filled.tier, engine)
    if filled.exact and not filled.ratio:
        size = Size.read(f"{filled.width}x{filled.height}")
        if size and engine.free and not list(size_problems(wish(filled, engine, ()), engine)):
            return {"ratio": "", "tier": tier}
        return by_table(*nearest(size, engine))
    return by_table(near_ratio(filled.ratio, engine), tier)


def by_table(ratio: str, tier: str) -> dict[str, str]:
    return {"ratio": ratio, "tier": tier, "width": "", "height": ""}


def nearest(size: Size | None, engine: Engine) -> tuple[str, str]:
    if size is None or not engine.tiers:
        return begin(engine)
    rows = [(ratio, tier, found) for tier, table in engine.tiers.items() for ratio, found in table.items()]
    ratio, tier, _found = min(rows, key=lambda row: (round(abs(log(row[2].aspect / size.aspect)), 2), abs(row[2].pixels - size.pixels)))
    return ratio, tier


def near_ratio(ratio: str, engine: Engine) -> str:
    offered = engine.ratios()
    if ratio in offered or (ratio == AUTO and engine.auto and not engine.auto_needs_reference):
        return ratio
    if ratio == AUTO or not offered or not aspect(ratio):
        return begin(engine)[0]
    return min(offered, key=lambda one: abs(log(aspect(one) / aspect(ratio))))


def aspect(ratio: str) -> float:
    """0 for what is no ratio."""
    width, _colon, height = ratio.partition(":")
    return int(width) / int(height) if width.isdecimal() and height.isdecimal() and int(width) and int(height) else 0.0


def near_tier(tier: str, engine: Engine) -> str:
    """The smaller of two equally near ones: it never costs more."""
    wanted = decimal(tier.removesuffix("K"))
    if not isinstance(wanted, float) or not engine.tiers:
        return engine.usual[1]
    return min(engine.tiers, key=lambda one: (abs(float(one.removesuffix("K")) - wanted), float(one.removesuffix("K"))))


# --- saying it ---


def changes(before: Filled, after: Filled) -> Iterator[str]:
    """One sentence for each choice that did not survive."""
    if measure(before) != measure(after):
        yield _("Size %(before)s became %(after)s.") % {"before": measure(before), "after": measure(after)}
    if before.images != after.images:
        yield _("Images: %(before)s became %(after)s.") % {"before": before.images, "after": after.images}
    for name, sentence in LEFT_OUT.items():
        if getattr(before, name) and not getattr(after, name):
            yield _(sentence) % {"value": getattr(before, name).upper() if name == "format" else getattr(before, name)}


def measure(filled: Filled) -> str:
    """As a person reads it."""
    if filled.exact and not filled.ratio:
        return f"{filled.width} × {filled.height}"
    ratio = _("auto") if filled.ratio == AUTO else filled.ratio
    return " ".join(filter(None, [ratio, filled.tier]))


LEFT_OUT = {
    "seed": gettext_noop("Seed %(value)s left out: this engine does not take it."),
    "guidance": gettext_noop("Guidance %(value)s left out: this engine does not take it."),
    "format": gettext_noop("%(value)s left out: this engine delivers one format."),
    "watermark": gettext_noop("Watermark left out: this engine has no such choice."),
    "web_search": gettext_noop("Web search left out: this engine does not do it."),
    "logo_position": gettext_noop("Logo left out: this engine does not draw one."),
}
