"""Sentences of the pipeline in the reader's language, and the figures that cards show."""

import re
from typing import Any

from django.utils.translation import get_language, gettext

from generations.web.words import NO_BREAK

LONG = 600  # minutes; then seconds say nothing
SENTENCE_END = re.compile(r"(?<=[.。])\s*")


def sentence(trouble: dict[str, Any] | None) -> str:
    """What a trouble says."""
    text, values = (trouble or {}).get("sentence") or "", (trouble or {}).get("values") or {}
    if not text:
        return ""
    return gettext(text).format(**values) if values else gettext(text)


def parted(text: str) -> tuple[str, str]:
    """What happened, and the rest: was it charged, what to do."""
    first, *rest = SENTENCE_END.split(text, maxsplit=1)
    return first.rstrip(".。"), "".join(rest)


def happened(text: str) -> str:
    """Without the rest: of one picture among several neither the charge nor the way on is that of the request."""
    return SENTENCE_END.split(text, maxsplit=1)[0]


def joined(*sentences: str) -> str:
    """Chinese sentences follow one another without a space."""
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences if one).rstrip()


def clock(seconds: float) -> str:
    minutes, left = divmod(max(0, int(seconds)), 60)
    if minutes >= LONG:
        return f"{minutes // 60}{NO_BREAK}h"
    return f"{minutes // 60}:{minutes % 60:02}:{left:02}" if minutes >= 60 else f"{minutes:02}:{left:02}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd; other languages put their own words around the figure."""
    if (get_language() or "en").partition("-")[0] != "en":
        return str(number)
    teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
