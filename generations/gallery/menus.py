"""The row of filters: what is chosen, with a way to take it back, and menus for what is not.

A menu is a form whose buttons are the choices. They are the same for everybody, so each menu is drawn once and kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from generations.catalogue import ENGINES
from generations.catalogue.sizes import RATIOS
from generations.gallery.wall import ways_out
from generations.models import Dialect, Review
from generations.web.facts import engine_name
from generations.web.filters import TIERS, Filter
from generations.web.requests import StudioRequest

MOST = 100  # people in the menu
BLANK = "<!--chosen-->"


@dataclass(frozen=True)
class Option:
    name: str  # of the field
    value: str
    label: str
    hint: str = ""

    @property
    def shape(self) -> str:
        """Of a ratio: the class that draws it."""
        return self.value.replace(":", "x")


@dataclass(frozen=True)
class Chip:
    label: str
    query: str  # of the page without it


def chips(request: StudioRequest, chosen: Filter) -> list[Chip]:
    said = labels(request, chosen)
    return [Chip(said[name], chosen.without(name).query) for name in chosen.chosen if name in said]


def ways(request: StudioRequest, chosen: Filter) -> list[Chip]:
    """Out of a filter without hits: each of these alone would be enough."""
    said = labels(request, chosen)
    return [Chip(said[name], chosen.without(name).query) for name in ways_out(request, chosen) if name in said]


def labels(request: StudioRequest, chosen: Filter) -> dict[str, str]:
    """Everything that is chosen, in words, by its name in the address."""
    said = {
        "person": lambda: dict(people(request)).get(chosen.person or 0, _("Somebody else")),
        "engine": lambda: engine_name(chosen.engine),
        "provider": lambda: str(Dialect(chosen.provider).label),
        "ratio": lambda: chosen.ratio,
        "tier": lambda: chosen.tier,
        "promise": lambda: promises()[chosen.promise],
        "review": lambda: str(Review(chosen.review).label),
        "starred": lambda: _("Starred"),
        "rating": lambda: stars(chosen.rating or 0),
        "references": lambda: _("With references"),
        "flagged": lambda: _("Content filter found something"),
        "since": lambda: _("Since %(day)s") % {"day": short(chosen.since)},
        "until": lambda: _("Until %(day)s") % {"day": short(chosen.until)},
        "q": lambda: _("“%(words)s”") % {"words": chosen.q[:40]},
    }
    return {name: said[name]() for name in chosen.chosen if name in said}


def promises() -> dict[str, str]:
    return {"broken": _("Promise broken"), "kept": _("Promise kept")}


def stars(least: int) -> str:
    return _("5 stars") if least == 5 else ngettext("%(n)s star or more", "%(n)s stars or more", least) % {"n": least}


def short(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def people(request: StudioRequest) -> list[tuple[int, str]]:
    """Members of the team; asked for once in a request."""
    if not hasattr(request, "people"):
        members = request.team.members.order_by("name", "pk").values_list("pk", "name")
        request.people = list(members[:MOST])  # type: ignore[attr-defined]
    return request.people  # type: ignore[attr-defined,no-any-return]


def menus(request: StudioRequest, chosen: Filter) -> SafeString:
    """Of everything that is not chosen yet."""
    return offered(tuple(people(request)), timezone.localdate(), get_language(), chosen)


@lru_cache(maxsize=500)
def offered(people: tuple[tuple[int, str], ...], today: date, language: str, chosen: Filter) -> SafeString:
    free = (menu for menu in drawn(people, today, language) if not any(name in chosen.chosen for name in menu.fields))
    return SafeString("".join(menu.html.replace(BLANK, hidden(chosen, *menu.fields)) for menu in free))


@dataclass(frozen=True)
class Menu:
    fields: tuple[str, ...]  # that it sets, or that make no sense beside it
    html: str


@lru_cache(maxsize=200)
def drawn(people: tuple[tuple[int, str], ...], today: date, language: str) -> list[Menu]:
    return [
        menu("person", _("Person"), [Option("person", str(pk), name) for pk, name in people], "whose"),
        menu("engine", _("Engine"), list(engines()), "provider"),
        menu("ratio", _("Ratio"), [Option("ratio", name, name) for name in RATIOS]),
        menu("tier", _("Size"), [Option("tier", name, name) for name in TIERS]),
        menu("date", _("Date"), list(dates(today)), "since", "until"),
        menu("rating", _("Rating"), [Option("rating", str(least), stars(least)) for least in (5, 4, 3, 2, 1)]),
        menu("review", _("Review"), [Option("review", state.value, str(state.label)) for state in Review]),
        menu("promise", _("Promise"), [Option("promise", *promise) for promise in promises().items()]),
    ]


def menu(key: str, label: str, options: list[Option], *more: str) -> Menu:
    context = {"key": key, "label": label, "options": options, "blank": SafeString(BLANK)}
    return Menu((key, *more), render_to_string("gallery/_menu.html", context))


def engines() -> Iterator[Option]:
    for dialect in Dialect:
        if mine := [engine for engine in ENGINES.values() if engine.id.startswith(f"{dialect}/")]:
            yield Option("provider", dialect.value, str(dialect.label), _("all engines"))
            yield from (Option("engine", engine.id, engine.name) for engine in mine)


def dates(today: date) -> Iterator[Option]:
    yield Option("since", today.isoformat(), _("Today"))
    for days in (7, 30, 90):
        yield Option("since", (today - timedelta(days=days - 1)).isoformat(), _("Last %(n)s days") % {"n": days})
    yield Option("since", today.replace(month=1, day=1).isoformat(), _("This year"))


@dataclass(frozen=True)
class Toggle:
    label: str
    icon: str
    query: str  # of the page with it


def toggles(chosen: Filter) -> list[Toggle]:
    """What is only on or off, as long as it is off."""
    found = {
        "starred": Toggle(_("Starred"), "star", chosen.with_(starred=True).query),
        "references": Toggle(_("With references"), "image", chosen.with_(references=True).query),
        "flagged": Toggle(_("Content filter found something"), "warn", chosen.with_(flagged=True).query),
    }
    return [toggle for name, toggle in found.items() if name not in chosen.chosen]


def hidden(chosen: Filter, *but: str) -> SafeString:
    """What a form has to say again, so that one choice does not undo another."""
    again = ((name, value) for name, value in chosen.chosen.items() if name not in but)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', again)
