"""The feed: requests and what became of them, newest first. It keeps itself up to date with one poll for the whole page."""

from typing import Any, Literal, cast
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from generations.compose.cards.card import Card
from generations.compose.cards.deck import deck
from generations.compose.cards.reader import Reader
from generations.compose.news import WINDOW, News, Seen, news, sifted
from generations.compose.sieve import Menus, Sieve
from generations.compose.tally import Tally
from generations.compose.watched import Onlooker
from generations.models import Generation, Role, Status
from generations.models.generations import GenerationSet
from generations.web.requests import StudioRequest

Whose = Literal["mine", "team"]
REMEMBERED = "whose"  # in the session


@require_safe
def feed(request: StudioRequest) -> HttpResponse:
    """With the page's list of what it shows: only what changed. With `before`: older ones. Else the whole column."""
    if not request.htmx:
        return redirect(f"{reverse('compose')}?{request.GET.urlencode()}")
    shelf = Shelf(request)
    if tag := request.headers.get("If-None-Match"):
        return changes(request, shelf, Seen.read(tag))
    return render(request, "compose/_older.html" if shelf.before else "compose/_feed.html", shown(request))


def changes(request: StudioRequest, shelf: "Shelf", seen: Seen) -> HttpResponse:
    found = sifted(shelf.whole, shelf.sieve, seen, shelf.before) if shelf.sieve else news(shelf.onlooker, seen, shelf.before)
    if not found:
        return HttpResponseNotModified()
    if found.flood:
        response = render(request, "compose/_feed.html", shown(request))
        response["HX-Retarget"], response["HX-Reswap"] = "#feed", "outerHTML"
        return response
    numbers = ([*found.changed, *elders(shelf, found, seen)], found.fresh)
    changed, fresh = (deck(shelf.whole.filter(pk__in=some).order_by("-pk"), shelf.reader) for some in numbers)
    return render(request, "compose/_changes.html", {"changed": changed, "fresh": fresh, "feed": shelf})


def elders(shelf: "Shelf", found: News, seen: Seen) -> list[int]:
    """Cards on the page that tell of a request which asked for what they miss."""
    told = shelf.whole.filter(pk__in=seen.known, status=Status.PARTIAL, reruns__in=[*found.changed, *found.fresh])
    return list(told.exclude(pk__in=found.changed).order_by().values_list("pk", flat=True).distinct())


def shown(request: StudioRequest) -> dict[str, Any]:
    """What `compose/_feed.html` needs; for the page that stands around it too."""
    shelf = Shelf(request)
    if "whose" in request.GET and request.session.get(REMEMBERED) != shelf.whose:
        request.session[REMEMBERED] = shelf.whose
    return {"feed": shelf}


class Shelf:
    """The part of the history that somebody looks at."""

    window = WINDOW

    def __init__(self, request: StudioRequest) -> None:
        self.whose = chosen(request)
        self.before = number(request.GET.get("before", ""))
        self.sieve = Sieve.read(request.GET, self.whose)
        self.reader = Reader(request)

    @property
    def whole(self) -> GenerationSet:
        seen = Generation.objects.seen_by(self.reader.user, self.reader.team, administrates=self.reader.administrates)
        return seen.filter(user=self.reader.user) if self.whose == "mine" else seen

    @property
    def onlooker(self) -> Onlooker:
        return Onlooker(self.reader.user.pk, self.reader.team.pk, self.reader.administrates, self.whose == "mine")

    @property
    def view(self) -> GenerationSet:
        """What is to be shown, as far as this page goes back."""
        found = self.sieve.pick(self.whole)
        return found.filter(pk__lt=self.before) if self.before else found

    @cached_property
    def menus(self) -> Menus:
        return Menus(self.sieve, self.reader.team, self.whose)

    @property
    def query(self) -> str:
        """The page's address, without how far it goes back."""
        return urlencode({"whose": self.whose, **self.sieve.chosen})

    @property
    def others(self) -> dict[Whose, str]:
        """The same of one's own and of the team; only there a person is a choice."""
        kept = {name: value for name, value in self.sieve.chosen.items() if name != "person"}
        return {"mine": urlencode({"whose": "mine", **kept}), "team": urlencode({"whose": "team", **kept})}

    @cached_property
    def page(self) -> list[Card]:
        """One more than is shown, to know whether there are older ones."""
        return deck(self.view.order_by("-pk")[: WINDOW + 1], self.reader)

    @property
    def cards(self) -> list[Card]:
        return self.page[:WINDOW]

    @property
    def older(self) -> int | None:
        return self.page[WINDOW - 1].generation.pk if len(self.page) > WINDOW else None

    @cached_property
    def status(self) -> Tally:
        return Tally.of(self.whole)


def chosen(request: StudioRequest) -> Whose:
    """One's own, unless the person looked at the team's last. Viewers make nothing."""
    wanted = request.GET.get("whose") or request.session.get(REMEMBERED)
    if wanted not in ("mine", "team"):
        return "mine" if request.membership.may(Role.DESIGNER) else "team"
    return cast(Whose, wanted)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
