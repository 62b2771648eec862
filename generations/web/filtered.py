"""What a provider's content filter said of one image, in plain words. Filters have their own names for what they look for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from generations.dialects.filters import results_of, severity, struck
from generations.models import Image


@dataclass(frozen=True)
class Finding:
    text: str
    loud: bool = False  # something was found


def findings(image: Image) -> list[Finding]:
    """Nothing where the provider says nothing, as most do."""
    told = image.attempt.filters
    if not isinstance(told, Mapping):
        return []
    each = told.get("data") or []
    mine = each[image.index] if image.index < len(each) else {}
    back = sum("error" in one for one in each)
    return [
        *looked(
            results_of("content_filter_results", mine, told),
            _("Found in the picture: %(kinds)s."),
            _("Nothing found in the picture: %(kinds)s."),
        ),
        *looked(
            results_of("prompt_filter_results", mine, told),
            _("Found in the prompt: %(kinds)s."),
            _("Nothing found in the prompt: %(kinds)s."),
        ),
        *([Finding(_("Held back of the same request: %(n)s.") % {"n": back}, loud=True)] if back else []),
    ]


def looked(results: Mapping[str, Any], hit: str, clean: str) -> Iterator[Finding]:
    hits = [f"{named(kind)} ({degree(result)})" for kind, result in results.items() if struck(result)]
    if hits:
        yield Finding(hit % {"kinds": ", ".join(hits)}, loud=True)
    elif results:
        yield Finding(clean % {"kinds": ", ".join(map(named, results))})


def degree(result: Mapping[str, Any]) -> str:
    """How much of it there was."""
    if result.get("filtered") is True:
        return _("held back")
    how = severity(result)
    return grades().get(how.lower(), how) if how else _("found")


def named(kind: str) -> str:
    known = {
        "hate": _("hate"),
        "self_harm": _("self-harm"),
        "sexual": _("sexual content"),
        "violence": _("violence"),
        "profanity": _("swearing"),
        "jailbreak": _("attempts to trick it"),
    }
    return known.get(kind, kind.replace("_", " "))


def grades() -> dict[str, str]:
    return {"low": _("a little"), "medium": _("some"), "high": _("a lot")}
