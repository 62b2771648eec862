"""Requests on their way: begun, looked at, stopped, done once more."""

import json
from functools import partial
from typing import Annotated
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header, Query, Router, Status
from pydantic import Field

from generations.access import decides
from generations.api import examples
from generations.api.asked import GenerationAsked
from generations.api.bodies import LARGE, wait_in_place
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.generation import GenerationTold, ready, told
from generations.api.pages import NEXT, Paging, page
from generations.api.shapes import Asked, Shape
from generations.calling import ordering, room, waiting
from generations.calling.line import gone
from generations.catalogue.problem import Problem
from generations.models import Generation, Scope
from generations.models import Status as State
from generations.offers import Offer, find_offer
from generations.pipeline import choices
from generations.pipeline.start import Refused
from generations.web import seen
from generations.web.addresses import public_link
from generations.web.again import again

router = Router(tags=["Generations"])

NOT_OFFERED = gettext_noop("{engine} at {account} is not available now. Nothing was sent; ask for another engine.")

Key = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        max_length=200,
        description="Your own name for this request. Sent twice, it is one generation, and paid once.",
    ),
]


class Begun(GenerationTold):
    ignored: list[str] = Field(description="Fields of your request that we do not know.")


class Generations(Shape):
    items: list[GenerationTold]
    next: str | None = NEXT


class Chosen(Paging):
    status: list[State] | None = Field(None, description="One or several times.")
    engine: str | None = Field(None, max_length=80, description="An engine's id.")
    mine: bool = Field(False, description="Only those of this token's person.")


class AgainAsked(Asked):
    wait: int = Field(0, ge=0, le=60, description="Seconds to wait for the end before the answer comes.")


BEGUN = {200: Begun, 202: Begun}


# --- begin ---


@operation(
    router,
    "POST",
    "/generations",
    scope=Scope.GENERATE,
    name="api_generations",
    gives=BEGUN,
    example=Example(examples.GENERATION | {"ignored": []}, body=examples.REQUEST | {"wait": 30}, later=examples.BEGUN),
    may=(503,),
    most=LARGE,
)
def create_generation(request: ApiRequest, body: GenerationAsked, response: HttpResponse, idempotency_key: Key = None) -> Status[Begun]:
    """Create a generation
    Checked, its money held and in line, all at once or not at all: **202** with the address to ask at in `Location`. With `wait` the
    answer comes when it has ended, **200**, or when the time is over, 202. Send an `Idempotency-Key`, and a repeated call is never a
    second payment. What is refused was not sent and costs nothing.
    """
    if body.wait or body.brings:
        wait_in_place(request)
    made = ordering.order(request.auth, body.wish(request.auth, idempotency_key or ""))
    body.references = None  # they are uploads now, and make room for others
    room.leave(request)
    return begun(request, response, made, body.wait, body.ignored())


def begun(request: ApiRequest, response: HttpResponse, made: Generation, seconds: int, ignored: list[str]) -> Status[Begun]:
    if seconds:
        made = waiting.wait(made, seconds, partial(gone, request))
    response["Location"] = public_link(request, reverse("api_generation", args=[made.uid]))
    response["X-Generation"] = str(made.uid)
    shown = one(request, made.uid)
    return Status(200 if shown.ended else 202, Begun(**dict(shown), ignored=ignored))


# --- look ---


@operation(
    router,
    "GET",
    "/generations",
    scope=Scope.READ,
    name="api_generations",
    gives=Generations,
    example=Example({"items": [examples.GENERATION], "next": examples.NEXT}, query="status=done&limit=1"),
)
def list_generations(request: ApiRequest, chosen: Query[Chosen]) -> Generations:
    """List generations
    The team's, newest first; of the private ones only one's own, unless this is a team administrator's token.
    """
    caller, rows = request.auth, seen.generations(request.auth)
    rows = rows.filter(engine=chosen.engine) if chosen.engine else rows
    rows = rows.filter(user=caller.user) if chosen.mine else rows
    kinds = [Q(status=status) for status in dict.fromkeys(chosen.status or ())]
    found, more = page(request, ready(rows), chosen, "-id", kinds=kinds)
    return Generations(items=[told(request, caller, generation) for generation in found], next=more)


@operation(
    router,
    "GET",
    "/generations/{uuid:id}",
    scope=Scope.READ,
    name="api_generation",
    gives=GenerationTold,
    example=Example(examples.GENERATION, path=f"/generations/{examples.ID}"),
    may=(404,),
    instead=Scope.GENERATE,
)
def get_generation(request: ApiRequest, id: UUID, response: HttpResponse) -> GenerationTold:
    """Get a generation
    Ask again while `ended` is false, every second or two. Its `status` says where it stands, `trouble` what went wrong in words,
    `money` what it costs, `images` what came. A token that only makes images sees what it made itself.
    """
    response["X-Generation"] = str(id)
    return one(request, id)


def one(request: ApiRequest, uid: UUID) -> GenerationTold:
    found = ready(seen.within(request.auth)).filter(uid=uid).first()
    if found is None:
        raise Wrong(404, _("There is no such request, or it is not for this token."))
    return told(request, request.auth, found)


# --- stop ---


@operation(
    router,
    "POST",
    "/generations/{uuid:id}/stop",
    scope=Scope.GENERATE,
    name="api_stop",
    gives=GenerationTold,
    example=Example(examples.STOPPED, path=f"/generations/{examples.ID}/stop"),
    may=(404, 409),
)
def stop(request: ApiRequest, id: UUID) -> GenerationTold:
    """Stop it
    Before it was sent it is cancelled and costs nothing. Later only the waiting ends: it is paid for, and what still comes is kept.
    """
    found = get_object_or_404(seen.within(request.auth).select_related("account", "user"), uid=id)
    if not decides(request.auth.membership, found):
        raise PermissionDenied(_("Only its author or a team administrator can do this."))
    if not choices.stop(found, request.auth.user):
        raise Wrong(409, _("It has ended already, or its waiting was stopped before."), "ended")
    return one(request, id)


# --- once more ---


@operation(
    router,
    "POST",
    "/generations/{uuid:id}/rerun",
    scope=Scope.GENERATE,
    name="api_rerun",
    gives=BEGUN,
    example=Example(examples.BEGUN, body={"wait": 0}, path=f"/generations/{examples.ID}/rerun"),
    may=(404,),
)
def rerun(
    request: ApiRequest, id: UUID, response: HttpResponse, body: AgainAsked | None = None, idempotency_key: Key = None
) -> Status[Begun]:
    """Run it again
    The stored request once more, references included, with the same engine at the same account, as a new generation that is paid anew.
    """
    first = get_object_or_404(seen.within(request.auth).select_related("account", "user"), uid=id)
    body = body or AgainAsked(wait=0)
    key = uuid5(ordering.KEYS, json.dumps([request.auth.user.pk, str(id), idempotency_key])) if idempotency_key else uuid4()
    if body.wait:
        wait_in_place(request)
    made = again(request.auth, first, first.asked(), offered(request, first), key, request.auth.token)
    return begun(request, response, made, body.wait, body.ignored())


def offered(request: ApiRequest, first: Generation) -> Offer:
    offer = find_offer(first.engine, first.account.name) if request.auth.team.uses(first.engine) else None
    if offer is None:
        raise Refused(Problem("engine", NOT_OFFERED, {"engine": first.engine, "account": first.account.name}))
    return offer
