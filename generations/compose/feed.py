"""The feed: requests and what became of them, newest first. It keeps itself up to date with one poll for the whole page."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from django.db.models import Count
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.compose.cards.card import Card
from generations.compose.cards.deck import deck
from generations.compose.cards.reader import Reader
from generations.compose.news import WINDOW, Seen, news
from generations.models import RUNNING, Generation, Role, Status
from generations.models.generations import GenerationSet
from generations.web.requests import StudioRequest

Whose = Literal["mine", "team"]
REMEMBERED = "whose"  # in the session


@require_safe
def feed(request: StudioRequest) -> HttpResponse:
    """With the page's list of what it shows: only what changed. With `before`: older ones. Else the whole column."""
    if not request.htmx:
        return redirect(f"/?{request.GET.urlencode()}" if request.GET else "compose")
    shelf = Shelf(request)
    if tag := request.headers.get("If-None-Match"):
        return changes(request, shelf, Seen.read(tag))
    return render(request, "compose/_older.html" if shelf.before else "compose/_feed.html", shown(request))


def changes(request: StudioRequest, shelf: "Shelf", seen: Seen) -> HttpResponse:
    found = news(shelf.view, seen)
    if not found.changed and not found.fresh:
        return HttpResponseNotModified()
    if found.flood:
        response = render(request, "compose/_feed.html", shown(request))
        response["HX-Retarget"], response["HX-Reswap"] = "#feed", "outerHTML"
        return response
    cards = deck(shelf.view.filter(pk__in=[*found.changed, *found.fresh]).order_by("-pk"), shelf.reader)
    fresh = set(found.fresh)
    parts = {
        "changed": [card for card in cards if card.generation.pk not in fresh],
        "fresh": [card for card in cards if card.generation.pk in fresh],
        "status": shelf.status,
    }
    return render(request, "compose/_changes.html", {**parts, "feed": shelf})


def shown(request: StudioRequest) -> dict[str, Any]:
    """What `compose/_feed.html` needs; for the page that stands around it too."""
    shelf = Shelf(request)
    if "whose" in request.GET and request.session.get(REMEMBERED) != shelf.whose:
        request.session[REMEMBERED] = shelf.whose
    return {"feed": shelf}


class Shelf:
    """The part of the history that somebody looks at."""

    def __init__(self, request: StudioRequest) -> None:
        self.request = request
        self.whose = chosen(request)
        self.before = number(request.GET.get("before", ""))
        self.reader = Reader(request)

    window = WINDOW

    @property
    def view(self) -> GenerationSet:
        seen = Generation.objects.seen_by(self.reader.user, self.reader.team, administrates=self.reader.administrates)
        return seen.filter(user=self.reader.user) if self.whose == "mine" else seen

    @cached_property
    def page(self) -> list[Card]:
        """One more than is shown, to know whether there are older ones."""
        found = self.view.filter(pk__lt=self.before) if self.before else self.view
        return deck(found.order_by("-pk")[: WINDOW + 1], self.reader)

    @property
    def cards(self) -> list[Card]:
        return self.page[:WINDOW]

    @property
    def older(self) -> int | None:
        return self.page[WINDOW - 1].generation.pk if len(self.page) > WINDOW else None

    @cached_property
    def status(self) -> "Tally":
        return Tally.of(self.view)


@dataclass(frozen=True)
class Tally:
    """For the status line."""

    running: int
    waiting: int

    def __str__(self) -> str:
        values = {"running": self.running, "waiting": self.waiting}
        if not self.any:
            return _("Nothing is running")
        if not self.waiting:
            return _("%(running)s running") % values
        return (_("%(running)s running, %(waiting)s waiting") if self.running else _("%(waiting)s waiting")) % values

    @property
    def any(self) -> int:
        return self.running + self.waiting

    @classmethod
    def of(cls, view: GenerationSet) -> "Tally":
        """From those that are due: by their status alone, SQLite would look through the whole history."""
        due = Generation.objects.filter(due_at__isnull=False).order_by().values("pk")
        found = dict(view.filter(pk__in=due).order_by().values_list("status").annotate(n=Count("pk")))
        counts = {status: found.get(status, 0) for status in RUNNING}
        waiting = counts.pop(Status.QUEUED)
        return cls(sum(counts.values()), waiting)


def chosen(request: StudioRequest) -> Whose:
    """One's own, unless the person looked at the team's last. Viewers make nothing."""
    wanted = request.GET.get("whose") or request.session.get(REMEMBERED)
    if wanted not in ("mine", "team"):
        return "mine" if request.membership.may(Role.DESIGNER) else "team"
    return cast(Whose, wanted)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
