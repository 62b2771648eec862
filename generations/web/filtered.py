"""What a provider's content filter said of one image, in plain words. Filters have their own names for what they look for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from generations.models import Image

SAFE = ("", "safe", "none")


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
            "content_filter_results", [mine, told], _("Found in the picture: %(kinds)s."), _("Nothing found in the picture: %(kinds)s.")
        ),
        *looked("prompt_filter_results", [mine, told], _("Found in the prompt: %(kinds)s."), _("Nothing found in the prompt: %(kinds)s.")),
        *([Finding(_("Held back of the same request: %(n)s.") % {"n": back}, loud=True)] if back else []),
    ]


def looked(name: str, tellings: list[Mapping[str, Any]], hit: str, clean: str) -> Iterator[Finding]:
    results: Mapping[str, Any] = next((telling[name] for telling in tellings if isinstance(telling.get(name), Mapping)), {})
    hits = [f"{named(kind)} ({how})" for kind, result in results.items() if (how := struck(result))]
    if hits:
        yield Finding(hit % {"kinds": ", ".join(hits)}, loud=True)
    elif results:
        yield Finding(clean % {"kinds": ", ".join(map(named, results))})


def struck(result: Any) -> str:
    """How much of it there was; empty for none."""
    if not isinstance(result, Mapping):
        return ""
    if result.get("filtered") is True:
        return _("held back")
    severity = result.get("severity")
    if isinstance(severity, str) and severity.lower() not in SAFE:
        return grades().get(severity.lower(), severity)
    return _("found") if result.get("detected") is True else ""


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
