"""Problems and fields in the reader's language."""

from collections.abc import Callable, Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generations.catalogue.problem import Problem

NAMES: dict[str, Callable[[], str]] = {
    "engine": lambda: _("engine"),
    "prompt": lambda: _("prompt"),
    "images": lambda: _("images"),
    "ratio": lambda: _("ratio"),
    "tier": lambda: _("resolution"),
    "size": lambda: _("size"),
    "references": lambda: _("references"),
    "seed": lambda: _("seed"),
    "guidance": lambda: _("guidance"),
    "format": lambda: _("format"),
    "watermark": lambda: _("watermark"),
    "logo": lambda: _("logo"),
    "web_search": lambda: _("web search"),
}


def say(problem: Problem) -> str:
    return _(problem.message).format(**problem.values)


def name(field: str) -> str:
    return NAMES[field]() if field in NAMES else field


def run(sentences: Iterable[str]) -> str:
    """One after the other; Chinese puts no space behind a full stop."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(filter(None, sentences))
