"""Which engines a program can name: all that its team may use, by their own ids and by the names their providers have for them."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from generations.calling.caller import Caller
from generations.calling.routing import served
from generations.compat.counter import Door, come_in, serves
from generations.compat.v1 import ARK, GATEWAY, V1
from generations.models import Scope
from generations.offers import Offer, offers

BORN = 1_767_225_600  # 2026


def menu(door: Door, request: HttpRequest) -> HttpResponse:
    caller = come_in(door, request, Scope.READ, Scope.GENERATE)
    return JsonResponse({"object": "list", "data": list(entries(door, caller))})


def entries(door: Door, caller: Caller) -> Iterator[dict[str, Any]]:
    named: dict[str, Offer] = {}
    usable = [offer for offer in offers() if caller.team.uses(offer.engine.id)]
    for offer in usable:
        named.setdefault(offer.engine.id, offer)
    for offer in usable:
        for name in (offer.engine.wire_id, *offer.engine.aliases):
            named.setdefault(name, offer)
    return (entry(door, name, offer) for name, offer in named.items())


def entry(door: Door, name: str, offer: Offer) -> dict[str, Any]:
    engine = offer.engine
    found = {"id": name, "object": "model", "created": BORN, "owned_by": engine.dialect}
    if door is ARK:
        found |= {"name": engine.name, "domain": "ImageGeneration", "status": "Retiring" if engine.ends else ""}
    return found


def one(door: Door, request: HttpRequest, name: str) -> HttpResponse:
    caller = come_in(door, request, Scope.READ, Scope.GENERATE)
    return JsonResponse(entry(door, name, served(name, caller.team)[0]))


def address(door: Door, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    def told(request: HttpRequest, **options: str) -> HttpResponse:
        return view(door, request, **options)

    return serves(door, "GET", "HEAD")(told)


models, model = address(V1, menu), address(V1, one)
gateway_models, gateway_model = address(GATEWAY, menu), address(GATEWAY, one)
ark_models, ark_model = address(ARK, menu), address(ARK, one)
