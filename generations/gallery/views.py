"""All pictures of the team, and those in the trash."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.access import team_role
from generations.gallery import menus, months
from generations.gallery.trash import DAYS
from generations.gallery.wall import Wall, look, start
from generations.models import Reviewing, Role
from generations.web.filters import Filter, number
from generations.web.reasons import reasons
from generations.web.requests import StudioRequest

ROWS = (*range(96, 321, 16), 176)  # heights that the slider offers; the last is the usual one
DEEP = 40  # pages that one page grows to; the next one is opened anew


@require_safe
def gallery(request: StudioRequest) -> HttpResponse:
    chosen = Filter.read(request.GET)
    wall = look(request, chosen, start(request))
    if request.htmx:
        return more(request, wall, chosen.query)
    context = {
        **common(request, wall, chosen.query, "gallery"),
        "chosen": chosen,
        "hidden": menus.hidden(chosen, "q"),
        "chips": menus.chips(request, chosen),
        "menus": menus.menus(request, chosen),
        "toggles": menus.toggles(chosen),
        "theirs": {"mine": chosen.with_(whose="mine", person=None).query, "team": chosen.without("whose", "person").query},
        "dates": months.months(request, chosen, wall),
        "ways": [] if wall.days else menus.ways(request, chosen),
    }
    return render(request, "gallery/page.html", context)


@require_safe
@team_role(Role.DESIGNER)
def trash(request: StudioRequest) -> HttpResponse:
    wall = look(request, Filter(), start(request), trash=True)
    if request.htmx:
        return more(request, wall, "")
    return render(request, "gallery/trash.html", {**common(request, wall, "", "trash"), "days": DAYS})


def common(request: StudioRequest, wall: Wall, query: str, place: str) -> dict[str, Any]:
    makes, why_not = request.membership.may(Role.DESIGNER), barred(request)
    return {
        "wall": wall,
        "query": query,
        "begun": "before" in request.GET or "at" in request.GET,
        "depth": 1,
        "row": row(request.COOKIES.get("row", "")),
        "makes": makes,
        "bar": fixed("gallery/_bar.html", makes, asks(request), closed(request), get_language()),
        "over": fixed("gallery/_over.html", makes, asks(request), closed(request), get_language()),
        "barred": why_not,
        "judge": "" if why_not else judge(request),
        "keys": list_of_keys(makes, not why_not, place, get_language()),
    }


def asks(request: StudioRequest) -> bool:
    """May this person ask for reviews?"""
    return request.team.review != Reviewing.OFF and request.membership.may(Role.DESIGNER)


def barred(request: StudioRequest) -> str:
    """Why this person approves and rejects nothing here, if that is so."""
    if request.team.review == Reviewing.OFF and not request.team.sealed:
        return _("This team reviews nothing.")
    return "" if request.membership.may(Role.REVIEWER) else _("Only reviewers and team administrators approve or reject.")


def judge(request: StudioRequest) -> SafeString:
    return fixed("gallery/_judge.html", True, asks(request), closed(request), get_language())


def closed(request: StudioRequest) -> bool:
    """Does this person see no original before it is approved?"""
    return request.team.sealed and not request.membership.may(Role.REVIEWER)


@cache
def fixed(name: str, makes: bool, asks: bool, closed: bool, language: str) -> SafeString:
    """What is the same on every page, drawn once."""
    return render_to_string(name, {"makes": makes, "asks": asks, "closed": closed, "reasons": reasons()})


def row(said: str) -> int:
    """How high a row is, as the slider was left."""
    wanted = int(said[:4]) if said.isascii() and said.isdecimal() else ROWS[-1]
    return int(min(ROWS, key=lambda height: abs(height - wanted)))


@cache
def list_of_keys(makes: bool, decides: bool, place: str, language: str) -> SafeString:
    return render_to_string("gallery/_keys.html", {"keys": keys(makes, decides, place)})


def keys(makes: bool, decides: bool, place: str) -> list[tuple[str, str]]:
    """What each place has: only the gallery is searched and puts into the trash; what lies there is not marked."""
    marks, gallery = place != "trash", place == "gallery"
    judges = decides and marks
    found = [
        ("← → ↑ ↓", _("From picture to picture"), True),
        (_("Space"), _("Open"), True),
        ("X", _("Select; with Shift, everything up to here"), True),
        ("F", _("Star"), marks),
        ("1 – 5", _("Rate"), marks),
        ("C", _("Compare two selected"), marks),
        ("A", _("Approve"), judges),
        ("R", _("Reject"), judges),
        ("E", _("Reuse"), makes and marks),
        (_("Del"), _("Move to the trash"), makes and gallery),
        ("/", _("Search"), gallery),
        ("Esc", _("Clear the selection"), True),
        ("?", _("This list"), True),
    ]
    return [(key, does) for key, does, there in found if there]


def more(request: StudioRequest, wall: Wall, query: str) -> HttpResponse:
    """The next page, for the end of one that is there. Pictures of its last day go where the others of that day are."""
    days, depth = wall.days, (number(request.GET, "depth", DEEP) or 1) + 1
    goes_on = bool(days) and days[0].date.isoformat() == request.GET.get("day")
    first, rest = (days[0], days[1:]) if goes_on else (None, days)
    context = {"first": first, "rest": Wall(rest), "wall": wall, "query": query, "depth": depth if depth < DEEP else 0}
    return render(request, "gallery/_more.html", context)
