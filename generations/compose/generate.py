"""From the form to the queue: everything is checked once more, and either all of it is written down or nothing."""

from urllib.parse import unquote_to_bytes
from uuid import uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from generations.access import team_role
from generations.catalogue.problem import Problem
from generations.compose.composer import Composer
from generations.compose.filled import Filled, read_uuid, twice
from generations.compose.keys import begun, dearer, read_key
from generations.compose.memory import Memory
from generations.compose.page import answer
from generations.models import Generation, Role, Status
from generations.offers import Offer
from generations.pipeline.start import KeyUsed, Order, Refused, start_all
from generations.web import seen
from generations.web.requests import StudioRequest

UNREADABLE = Problem("prompt", gettext_noop("The request was not valid UTF-8 text."))
NO_KEY = Problem("key", gettext_noop("This form had no valid key, so nothing was sent. It has one now: send it again."))
KEY_USED = Problem("key", gettext_noop("This form was already sent with other settings. Open a fresh form."))
TWICE = gettext_noop("Field {field} was sent twice.")


@require_POST
@team_role(Role.DESIGNER)
def generate(request: StudioRequest) -> HttpResponse:
    key = read_key(request)
    composer = Composer(request, Filled.posted(request.POST), Memory.read(request.POST.get("before", "")), key)
    composer.tried = True
    if not readable(request):
        return refuse(request, composer, 400, UNREADABLE)
    composer.keep()
    doubled = [Problem("form", TWICE, {"field": name}) for name in twice(request.POST)]
    offer = composer.offer
    if doubled or key is None or offer is None or composer.problems:
        return refuse(request, composer, 422, *doubled, *([] if key else [NO_KEY]))
    if dearer(request, offer.price) and not begun(request, key):
        composer.asks = composer.dearer = True
        return answer(request, composer, 409)
    if len(composer.requests) > 1 and request.POST.get("agreed") != composer.agreement:
        composer.asks = True
        return answer(request, composer)
    return send(request, composer, offer)


def send(request: StudioRequest, composer: Composer, offer: Offer) -> HttpResponse:
    try:
        made = start_all(orders(request, composer, offer))
    except Refused as refused:
        return refuse(request, composer, 422, *refused.problems)
    except KeyUsed:
        fresh = Composer(request, composer.filled, composer.memory)
        fresh.tried, fresh.saved, fresh.elsewhere = True, composer.saved, composer.elsewhere
        return refuse(request, fresh, 409, KEY_USED)
    if len(made) > 1:
        messages.success(request, said(made) % {"n": len(made)})
    if not request.htmx:
        return redirect("compose")
    fresh = Composer(request, composer.filled)
    fresh.saved, fresh.elsewhere = composer.saved, composer.elsewhere
    response = answer(request, fresh)
    response["HX-Trigger"] = "feed:changed"
    return response


def said(made: list[Generation]) -> str:
    if made[0].status == Status.ASKING:
        return ngettext("%(n)s request waits for a team administrator.", "%(n)s requests wait for a team administrator.", len(made))
    return ngettext("%(n)s request is in line.", "%(n)s requests are in line.", len(made))


def refuse(request: StudioRequest, composer: Composer, status: int, *problems: Problem) -> HttpResponse:
    """With everything that was typed."""
    composer.refuse(problems)
    return answer(request, composer, status)


def orders(request: StudioRequest, composer: Composer, offer: Offer) -> list[Order]:
    """Each line of a batch has a key of its own, but always the same one, so that a second click starts nothing."""
    several = len(composer.requests) > 1
    return [
        Order(
            user=request.user,
            team=request.team,
            request=one,
            offer=offer,
            key=uuid5(composer.key, str(number)) if number else composer.key,
            private=bool(composer.filled.private),
            collection=composer.collection,
            parent=parent(request, composer.filled.parent),
            batch=composer.key if several else None,
        )
        for number, one in enumerate(composer.requests)
    ]


def parent(request: StudioRequest, uid: str) -> Generation | None:
    """The request that this one was filled from, if the person may see it."""
    found = read_uuid(uid)
    return seen.generations(request).filter(uid=found).first() if found else None


def readable(request: StudioRequest) -> bool:
    """Django reads broken text as question marks; whoever pays for it should know."""
    if request.content_type != "application/x-www-form-urlencoded":
        return not any("\ufffd" in text for _name, texts in request.POST.lists() for text in texts)
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return False
    return True
