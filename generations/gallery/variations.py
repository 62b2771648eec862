"""The same request at other engines: a few of them, for a price that is shown first."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from generations.access import team_role
from generations.catalogue import ENGINES
from generations.catalogue.check import check
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import fates, settle
from generations.models import Collection, Generation, Role, Status, Team
from generations.offers import Offer, offers
from generations.pipeline.money import format_money, left, worst
from generations.pipeline.start import KeyUsed, Order, Refused, start_all
from generations.web import seen
from generations.web.requests import StudioRequest

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Choice:
    """An offer that can take the request, and what of it would be left out there."""

    offer: Offer
    request: GenerationRequest
    lost: tuple[str, ...]
    chosen: bool

    @property
    def name(self) -> str:
        return f"{self.offer.engine.id}@{self.offer.account.pk}"

    @property
    def price(self) -> int | None:
        return None if self.offer.price is None else worst(self.request, self.offer.engine, self.offer.price)


@dataclass(frozen=True)
class Plan:
    generation: Generation
    choices: list[Choice]
    key: UUID

    @cached_property
    def chosen(self) -> list[Choice]:
        return [one for one in self.choices if one.chosen]

    @property
    def total(self) -> int:
        return sum(one.price or 0 for one in self.chosen)

    @property
    def images(self) -> int:
        return sum(one.request.images for one in self.chosen)

    @property
    def unpriced(self) -> bool:
        return any(one.price is None for one in self.chosen)

    @property
    def fits(self) -> bool:
        return FEWEST <= len(self.chosen) <= MOST


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.DESIGNER)
def variations(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation = seen.generation(request, uid)
    if request.method == "POST":
        return send(request, plan(request.team, generation, request.POST.getlist("offer"), key_of(request)))
    found = plan(request.team, generation, request.GET.getlist("offer"), uuid4())
    return page(request, found, fragment=bool(request.htmx))


def plan(team: Team, generation: Generation, names: Iterable[str], key: UUID) -> Plan:
    wanted, asked, same = set(names), generation.asked(), (generation.engine, generation.account)
    others = (offer for offer in offers() if (offer.engine.id, offer.account) != same and team.uses(offer.engine.id))
    found = [choice(asked, offer, wanted) for offer in others]
    return Plan(generation, [one for one in found if one], key)


def choice(asked: GenerationRequest, offer: Offer, wanted: set[str]) -> Choice | None:
    """None: it cannot take it."""
    whole = asked.with_(engine=offer.engine.id)
    request = settle(whole, offer.engine)
    if check(request, offer.engine):
        return None
    lost = tuple(label(field.name) for field in fates(whole, offer.engine) if field.fate == "left out")
    return Choice(offer, request, lost, f"{offer.engine.id}@{offer.account.pk}" in wanted)


def label(field: str) -> str:
    names = {
        "seed": _("seed"),
        "guidance": _("guidance"),
        "format": _("format"),
        "watermark": _("watermark"),
        "web_search": _("web search"),
        "logo": _("logo"),
        "tier": _("resolution"),
    }
    return names.get(field, field)


def key_of(request: StudioRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise BadRequest from None


def send(request: StudioRequest, found: Plan) -> HttpResponse:
    if not found.fits:
        return page(request, found, [_("Choose %(fewest)s to %(most)s engines.") % {"fewest": FEWEST, "most": MOST}], status=422)
    if request.POST.get("total") != str(found.total):
        return page(request, found, [_("A price has changed. Nothing was sent. The total is right now.")], status=409)
    try:
        made = start_all(orders(request, found))
    except Refused as refused:
        return page(request, found, [_(one.message).format(**one.values) for one in refused.problems], status=422)
    except KeyUsed:
        return page(request, found, [_("This form was already sent with other settings. Nothing more was sent.")], status=409)
    asks = made[0].status == Status.ASKING
    asking = _("%(n)s requests wait for a team administrator, %(total)s held. Nothing is sent before.")
    sentence = asking if asks else _("%(n)s requests are on their way, %(total)s held.")
    messages.success(request, sentence % {"n": len(found.chosen), "total": format_money(found.total)})
    return redirect("compose")


def orders(request: StudioRequest, found: Plan) -> list[Order]:
    """With a key each that follows from the form's, so that a second click is no second request."""
    into = Collection.objects.seen_by(request.user, request.team).filter(pk=found.generation.collection_id or 0).first()
    return [
        Order(
            user=request.user,
            team=request.team,
            request=one.request,
            offer=one.offer,
            key=uuid5(found.key, one.name),
            private=found.generation.private or request.team.private,
            parent=found.generation,
            batch=found.key,
            collection=into,
        )
        for one in found.chosen
    ]


def page(request: StudioRequest, found: Plan, wrong: Iterable[str] = (), *, status: int = 200, fragment: bool = False) -> HttpResponse:
    known = ENGINES.get(found.generation.engine)
    context = {
        "plan": Plan(found.generation, found.choices, uuid4()) if wrong else found,
        "engine": known.name if known else found.generation.engine,
        "wrong": wrong,
        "fewest": FEWEST,
        "most": MOST,
        "left": left(request.team, request.user).left,
    }
    return render(request, "gallery/_variations.html" if fragment else "gallery/variations.html", context, status=status)
