"""The rail stands on every page and hardly ever changes: drawn once for each way it looks, with blanks for what one request has alone."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 1000  # looks that are kept
TOKEN, PATH = "\ue000token\ue000", "\ue000path\ue000"  # signs that nobody types
BLANKS = {"csrf_token": TOKEN, "request": {"get_full_path": PATH}}
COUNTS = ("undecided", "waiting", "asking", "unseen")

kept: dict["Look", str] = {}


class Look(NamedTuple):
    """Everything that makes one rail differ from another."""

    language: str
    section: str
    exactly: bool
    theme: str
    site: bool
    person: tuple[str, str]
    team: int | None
    teams: tuple[tuple[str, str, str], ...]
    counts: tuple[int, ...]


def rail(context: dict[str, Any]) -> SafeString:
    found = look(context)
    if found not in kept:
        if len(kept) >= MOST:
            kept.clear()
        kept[found] = render_to_string("web/_rail.html", {**context, **BLANKS})
    drawn = kept[found].replace(TOKEN, str(context["csrf_token"]))
    return SafeString(drawn.replace(PATH, escape(context["request"].get_full_path())))


def look(context: dict[str, Any]) -> Look:
    user, team = context["user"], context["team"]
    return Look(
        get_language(),
        context["section"],
        context["here"] == context["section"],
        context["theme"],
        user.is_superuser,
        (user.name, user.email),
        team.pk if team else None,
        tuple((one.team.slug, one.team.name, one.role) for one in context["memberships"]),
        tuple(context[name]() for name in COUNTS),
    )
