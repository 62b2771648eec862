"""The tools. Each does what a page or the API does, through the same rooms and by the same rules."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from generations.access import largest_copy, sees_original
from generations.calling import ordering, waiting
from generations.calling.caller import Caller
from generations.calling.wish import Wish, request_of
from generations.dialects.dialect import Asked
from generations.mcp import told
from generations.mcp.takes import Generate, GetImage, Nothing, One, Request, Search, Takes, Wait
from generations.media import names
from generations.media.store import store
from generations.models import Generation, Image, Scope
from generations.offers import offers
from generations.pipeline.start import Refused
from generations.search.find import NEWEST
from generations.web import gifts, seen
from generations.web.found import numbers, readable


@dataclass(frozen=True)
class Said:
    facts: dict[str, Any]
    picture: bytes = b""  # WebP


@dataclass(frozen=True)
class Tool:
    title: str
    does: Callable[[HttpRequest, Caller, Any], Said]
    takes: type[Takes]
    scope: Scope
    instead: Scope | None = None  # good enough for what the same token made
    pays: bool = False

    @property
    def says(self) -> str:
        return " ".join((self.does.__doc__ or "").split())


def list_engines(request: HttpRequest, caller: Caller, given: Nothing) -> Said:
    """The image engines that can be used now: their sizes, limits, what they take, and the price of one image. Costs nothing."""
    return Said({"engines": [told.engine(offer) for offer in offers() if caller.team.uses(offer.engine.id)]})


def check(request: HttpRequest, caller: Caller, given: Request) -> Said:
    """What generate would do with the same arguments: which engine and account, what would be sent word for word, what is left out or
    changed, the most it may cost, whether a team administrator has to allow that first, and everything that is wrong with it. Nothing is
    sent and nothing is paid.
    """
    try:
        found = ordering.examine(caller, wish(caller, given))
    except Refused as refused:
        found = ordering.turned_away(caller, refused.problems)
    return Said(told.examined(found))


def generate(request: HttpRequest, caller: Caller, given: Generate) -> Said:
    """Make images. This SPENDS MONEY of the team's budget: images times the price of the engine, see check. It waits up to `wait` seconds
    for the pictures; if they are not there by then, it gives the id, and wait goes on from there. Give a `key` to be able to repeat a call
    that broke off without paying twice.
    """
    with waiting.place(caller.user.pk) if given.wait else nullcontext():
        begun = ordering.order(caller, wish(caller, given, given.key or str(uuid4())))
        return finish(request, begun, given.wait)


def wait(request: HttpRequest, caller: Caller, given: Wait) -> Said:
    """Wait for a generation that was begun earlier, and get what came of it. Costs nothing."""
    with waiting.place(caller.user.pk) if given.seconds else nullcontext():
        return finish(request, mine(caller, given.id), given.seconds)


def get_generation(request: HttpRequest, caller: Caller, given: One) -> Said:
    """How a generation stands: its status, what it cost, its images, and what is to be done if something went wrong."""
    return Said(told.generation(request, mine(caller, given.id)))


def search_gallery(request: HttpRequest, caller: Caller, given: Search) -> Said:
    """Find images in the team's gallery by words of their prompts (English or Chinese) and by what they are, newest first."""
    found = numbers(caller, given.filter(), given.limit + 1, given.before or NEWEST)
    shown = found[: given.limit]
    rows = readable(caller).filter(pk__in=shown).select_related("generation", "user", "team").in_bulk()
    images = [told.hit(request, rows[pk]) for pk in shown if pk in rows]
    return Said({"images": images, "next": shown[-1] if len(found) > given.limit else None})


def get_image(request: HttpRequest, caller: Caller, given: GetImage) -> Said:
    """Look at an image: a preview of it as a picture, and a link to the whole of it that is good for 24 hours."""
    image = readable(caller).filter(uid=given.id).select_related("generation", "user", "team").first()
    if image is None:
        raise Http404
    return Said(told.hit(request, image), preview(caller, image, given.side))


TOOLS = {
    "list_engines": Tool("List engines", list_engines, Nothing, Scope.READ, instead=Scope.GENERATE),
    "check": Tool("Check a request", check, Request, Scope.GENERATE),
    "generate": Tool("Make images", generate, Generate, Scope.GENERATE, pays=True),
    "wait": Tool("Wait for images", wait, Wait, Scope.READ, instead=Scope.GENERATE),
    "get_generation": Tool("Look at a generation", get_generation, One, Scope.READ, instead=Scope.GENERATE),
    "search_gallery": Tool("Search the gallery", search_gallery, Search, Scope.READ),
    "get_image": Tool("Look at an image", get_image, GetImage, Scope.READ),
}


def wish(caller: Caller, given: Request, key: str = "") -> Wish:
    references = tuple(reference(caller, one) for one in given.references)
    return Wish(Asked(given.engine, request_of(given), references), key=key, private=given.private)


def reference(caller: Caller, said: str) -> str:
    """Images of the gallery become uploads, as they do on the pages; everything else is for whoever reads the request."""
    return gifts.from_gallery(caller, said).sha256 if gifts.read_uid(said) else said


def mine(caller: Caller, uid: UUID) -> Generation:
    return get_object_or_404(seen.within(caller).select_related("account", "user"), uid=uid)


def finish(request: HttpRequest, begun: Generation, seconds: float) -> Said:
    now = waiting.wait(begun, seconds) if seconds else waiting.fresh(begun)
    if waiting.ended(now):
        ordering.answered(now)
    return Said(told.generation(request, now))


def preview(caller: Caller, image: Image, side: int) -> bytes:
    """A copy, never the original: it goes through a model's window."""
    largest = max(names.SIDES) if sees_original(caller.membership, image) else largest_copy(image.width, image.height)
    with store().open(names.derived(image.sha256, min(side, largest))) as file:
        return file.read()
