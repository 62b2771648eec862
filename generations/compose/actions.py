"""What people do about a request from its card. Every answer is a sentence; the feed then fetches what has changed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generations.access import site_administrator, team_role
from generations.catalogue import get_engine
from generations.catalogue.request import GenerationRequest
from generations.compose.cards.reader import Reader
from generations.compose.keys import begun, dearer, read_key
from generations.compose.said import say
from generations.models import UNSENT, Attempt, Generation, ImageStatus, Role, Status
from generations.pipeline import choices
from generations.pipeline.money import OverBudget, format_money, worst
from generations.pipeline.rules import Against
from generations.pipeline.start import KeyUsed, Refused
from generations.web import seen
from generations.web.addresses import safe_next
from generations.web.again import again
from generations.web.requests import StudioRequest

CHANGED = "feed:changed"  # the feed looks at once


# --- about what was sent already ---


@require_POST
@team_role(Role.DESIGNER)
def stop(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation = decidable(request, uid)
    unsent = generation.status in UNSENT
    said = _("Cancelled. Nothing was sent, nothing is charged.") if unsent else _("The waiting is stopped. What still comes is kept.")
    return choose(request, generation, choices.stop, said)


@require_POST
@team_role(Role.DESIGNER)
def check_again(request: StudioRequest, uid: UUID) -> HttpResponse:
    """Asking costs nothing, so anybody who could have made it may ask."""
    return choose(request, seen.generation(request, uid), choices.check_again, _("The provider is asked again."))


@require_POST
@team_role(Role.DESIGNER)
def resend(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation = decidable(request, uid)
    if "accept" not in request.POST:
        return answer(request, _("It was not sent: accept first that it may be charged twice."), 422)
    if why := Reader(request).forbids_again(generation):
        return answer(request, why, 403)
    if meant(request, generation) != generation.attempts.latest("number"):
        return late(request)  # one more was sent meanwhile, and nobody has accepted to pay three times
    return choose(request, generation, choices.send_again, _("It is sent again. The first attempt may still be charged."))


@require_POST
@site_administrator
def came(request: StudioRequest, uid: UUID) -> HttpResponse:
    return settle(request, uid, choices.came, _("Noted: it was charged."))


@require_POST
@site_administrator
def not_came(request: StudioRequest, uid: UUID) -> HttpResponse:
    return settle(request, uid, choices.not_came, _("Noted: it was not charged."))


def settle(request: StudioRequest, uid: UUID, choice: choices.Choice, said: str) -> HttpResponse:
    """About the paid call that the page showed, and no other."""
    attempt = meant(request, seen.generation(request, uid))
    done = attempt is not None and choices.about(attempt, choice, request.user)
    return answer(request, said) if done else late(request)


def meant(request: StudioRequest, generation: Generation) -> Attempt | None:
    number = request.GET.get("attempt", "")
    return generation.attempts.filter(number=int(number[:4])).first() if number.isascii() and number.isdecimal() else None


def decidable(request: StudioRequest, uid: UUID) -> Generation:
    generation = seen.generation(request, uid)
    if not Reader(request).decides(generation):
        raise PermissionDenied(_("Only its author or a team administrator can do this."))
    return generation


def choose(request: StudioRequest, generation: Generation, choice: choices.Choice, said: str) -> HttpResponse:
    try:
        done = choice(generation, request.user)
    except (OverBudget, Against) as against:
        return answer(request, say(against.problem), 422)
    return answer(request, said) if done else late(request)


def late(request: StudioRequest) -> HttpResponse:
    return answer(request, _("Too late: it has changed meanwhile. Look at its card."), 409)


# --- as a new request ---


@require_POST
@team_role(Role.DESIGNER)
def rerun(request: StudioRequest, uid: UUID) -> HttpResponse:
    """The stored request again, references included."""
    generation = seen.generation(request, uid)
    return begin(request, generation, generation.asked())


@require_POST
@team_role(Role.DESIGNER)
def missing(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation = seen.generation(request, uid)
    left = generation.images_asked - generation.images.filter(status=ImageStatus.STORED).count()
    if left < 1:
        return answer(request, _("Nothing is missing any more."), 409)
    return begin(request, generation, generation.asked().with_(images=left))


def begin(request: StudioRequest, generation: Generation, asked: GenerationRequest) -> HttpResponse:
    offer, key = Reader(request).offer(generation), read_key(request)
    if offer is None:
        return to_composer(request, generation)
    if key is None:
        return answer(request, _("Your page is old. Reload it and press again; nothing was sent."), 422)
    price = None if offer.price is None else worst(asked, offer.engine, offer.price)
    if dearer(request, price) and not begun(request, key):
        return changed(request, price)
    try:
        made = again(request, generation, asked, offer, key)
    except Refused as refused:
        return answer(request, " ".join(map(say, refused.problems)), 422)
    except KeyUsed:
        return answer(request, _("This was already sent with other settings. Reload the page."), 409)
    if made.status == Status.ASKING:
        return answer(request, _("It waits for a team administrator as a new request. Nothing is sent before."))
    return answer(request, _("It is in line as a new request."))


def changed(request: StudioRequest, price: int | None) -> HttpResponse:
    """Every price on the page may be an old one: it is drawn anew, so that the next click is meant."""
    said = _("A price has changed: this costs %(price)s now. Nothing was sent.") % {"price": format_money(price)}
    response = answer(request, said, 409)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


def to_composer(request: StudioRequest, generation: Generation) -> HttpResponse:
    """Its engine or its account is gone: everything else of it is kept, and another engine is a choice away."""
    engine = get_engine(generation.engine)
    values = {"engine": engine.name if engine else generation.engine, "account": generation.account}
    away = _("%(engine)s at %(account)s is not available now. Nothing was sent; pick another engine.")
    unused = _("Your team does not use %(engine)s. Nothing was sent; pick another engine.")
    messages.error(request, (away if request.team.uses(generation.engine) else unused) % values)
    filled = f"{reverse('compose')}?from={generation.uid}&what=all"
    return HttpResponse(headers={"HX-Redirect": filled}) if request.htmx else redirect(filled)


def answer(request: StudioRequest, said: str, status: int = 200) -> HttpResponse:
    """A toast; without htmx the page one came from, with the sentence on it."""
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    if not request.htmx:
        return redirect(safe_next(request, "compose"))
    return HttpResponse(status=status, headers={"HX-Trigger": CHANGED, "HX-Reswap": "none"})
