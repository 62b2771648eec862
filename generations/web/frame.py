"""What every page's frame shows: the places of the rail, the teams, the theme."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generations import reviewing
from generations.models import Attempt, Membership, Notice, Role, User
from generations.pipeline import approval
from generations.web.nameless import better_address

MOST = 100
THEMES = ["system", "light", "dark"]
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Place:
    url: str
    icon: str
    label: Promise | str
    phone: bool = True  # stands in the bar at the bottom of a phone, not only under “More”
    site: bool = False  # for site administrators


PLACES = [
    Place("compose", "create", _("Create")),
    Place("gallery", "grid", _("Gallery")),
    Place("collections", "stack", _("Collections"), phone=False),
    Place("review", "review", _("Review")),
    Place("usage", "chart", _("Usage")),
    Place("administration", "gear", _("Admin"), phone=False, site=True),
]
# By the first word of its address a page belongs to one of them, or to one of the menus below them.
WITHIN = {
    "compose": ("", "composer", "generations", "prompts", "references", "templates"),
    "gallery": ("gallery", "images", "compare"),
    "teams": ("team", "links"),
    "person": ("account",),
    **{name: (name,) for name in ("collections", "review", "usage", "administration", "notices")},
}
ON_BAR = {place.url for place in PLACES if place.phone}


def undecided(user: Any) -> int:
    """What waits for a site administrator, up to a hundred."""
    return Attempt.objects.undecided()[:MOST].count() if getattr(user, "is_superuser", False) else 0


def asking(membership: Membership | None) -> int:
    """Requests that wait for a team administrator's word, up to a hundred."""
    return approval.asking(membership.team)[:MOST].count() if membership and membership.may(Role.ADMIN) else 0


def waiting(user: Any, membership: Membership | None) -> int:
    """Images that wait for this reviewer, up to a hundred."""
    if not membership or not membership.may(Role.REVIEWER):
        return 0
    mine = reviewing.waiting(membership.team).seen_by(user, membership.team, administrates=membership.may(Role.ADMIN))
    return mine[:MOST].count()


def unseen(user: Any, memberships: list[Membership]) -> int:
    """Messages that this person has not seen, up to a hundred. Mostly there is none, which is told more quickly than how many."""
    if not isinstance(user, User) or not Notice.objects.waits(user.pk):
        return 0
    return Notice.objects.readable(user, memberships).unseen()[:MOST].count()


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    section = section_of(request.path_info)
    return {
        "places": [place for place in PLACES if not place.site or getattr(user, "is_superuser", False)],
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "section": section,
        "tucked": section and section not in ON_BAR,  # on a phone it stands under “More”
        "undecided": cache(partial(undecided, user)),  # only a page with the rail asks
        "asking": cache(partial(asking, getattr(request, "membership", None))),
        "waiting": cache(partial(waiting, user, getattr(request, "membership", None))),
        "unseen": cache(partial(unseen, user, getattr(request, "memberships", []))),
        "theme": theme_of(request),
        "languages": settings.LANGUAGES,
        "team": getattr(request, "team", None),
        "membership": getattr(request, "membership", None),
        "memberships": getattr(request, "memberships", []),
        "mail": settings.MAIL,
        "better_address": cache(partial(better_address, request)),
    }


def section_of(path: str) -> str:
    word = path.split("/")[1]
    return next((name for name, words in WITHIN.items() if word in words), "")


def theme_of(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    theme = user.theme if isinstance(user, User) else request.COOKIES.get(THEME_COOKIE, "system")
    return theme if theme in THEMES else "system"
