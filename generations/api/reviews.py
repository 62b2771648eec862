"""Reviews: what waits to be decided, and deciding it, once."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from generations import reviewing
from generations.api import examples
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.generation import PersonTold
from generations.api.image import DECIDED, EXAMPLE, DecisionTold, ImageTold, decided, drawn, person, ready
from generations.api.images import AT, image_of
from generations.api.pages import NEXT, Paging, page
from generations.api.shapes import Asked, Moment, Shape
from generations.models import Decision, Image, Role, Scope, Verdict
from generations.reviewing.decide import LONGEST
from generations.web.opinions import already

router = Router(tags=["Reviews"])


class Waiting(Shape):
    image: ImageTold
    asked_at: Moment
    asked_by: PersonTold | None
    seen: int = Field(description="The number of its last decision, 0 for none: a new one has to know it.")


class Queue(Shape):
    items: list[Waiting]
    next: str | None = NEXT


class QueueChosen(Paging):
    person: int | None = Field(None, ge=1, le=2**31 - 1, description="Only images of this person.")
    engine: str | None = Field(None, max_length=80, description="An engine's id.")
    broken: bool = Field(False, description="Only those that came otherwise than promised.")
    flagged: bool = Field(False, description="Only those in which the provider's content filter found something.")


class DecisionAsked(Asked):
    verdict: Annotated[Verdict, Field(strict=False)] = Field(description="undone: the last one is taken back.")
    sha256: str = Field(max_length=64, description="Of the bytes that were looked at.", examples=[examples.SHA256])
    seen: int = Field(0, ge=0, le=32_767, description="The number of the last decision that was seen.")
    note: str = Field("", max_length=LONGEST, description="Needed to reject, and to ask for a change.", examples=["The logo is cut off."])


@operation(
    router,
    "GET",
    "/reviews",
    scope=Scope.REVIEW,
    name="api_reviews",
    gives=Queue,
    example=Example(
        {
            "items": [
                {
                    "image": {**EXAMPLE, "review": "waiting"},
                    "asked_at": "2026-11-20T18:10:00.000Z",
                    "asked_by": {"id": 7, "name": "Dana Designer"},
                    "seen": 0,
                }
            ],
            "next": None,
        },
        query="limit=1",
    ),
)
def list_reviews(request: ApiRequest, chosen: Query[QueueChosen]) -> Queue:
    """List what waits for a review
    First come, first shown. What is decided leaves the list, and a cursor goes on from its place all the same.
    """
    caller = request.auth
    rows = reviewing.waiting(caller.team).seen_by(caller.user, caller.team, administrates=caller.membership.may(Role.ADMIN))
    rows = rows.filter(user=chosen.person) if chosen.person else rows
    rows = rows.filter(engine=chosen.engine) if chosen.engine else rows
    rows = rows.exclude(broken=[]) if chosen.broken else rows
    rows = rows.filter(flagged=True) if chosen.flagged else rows
    found, more = page(request, ready(rows).select_related("generation", "user", "team", "asked_by", "decision"), chosen, "asked_at", "id")
    return Queue(items=[waiting(image, told) for image, told in zip(found, drawn(request, found), strict=True)], next=more)


def waiting(image: Image, told: ImageTold) -> Waiting:
    if image.asked_at is None:
        raise ValueError(f"{image.pk} waits since no time")
    by = person(image.asked_by) if image.asked_by else None
    return Waiting(image=told, asked_at=image.asked_at, asked_by=by, seen=image.decision.number if image.decision else 0)


@operation(
    router,
    "POST",
    "/images/{uuid:id}/decisions",
    scope=Scope.REVIEW,
    name="api_decisions",
    gives={201: DecisionTold},
    example=Example(DECIDED, body={"verdict": "approved", "sha256": examples.SHA256, "seen": 0}, path=f"{AT}/decisions"),
    may=(404, 412),
)
def decide(request: ApiRequest, id: UUID, body: DecisionAsked) -> Status[DecisionTold]:
    """Decide about an image
    About these exact bytes, knowing the last decision. Where somebody was first, or the bytes are others, nothing is decided: **412**,
    look again. A decision is never changed, only followed by another.
    """
    image = image_of(request.auth, id)
    if image.sha256 != body.sha256.lower():
        sentence = _("These are not the bytes of this image. Nothing was decided; look at it again.")
        raise Wrong(412, sentence, "other_bytes", [("sha256", sentence)])
    try:
        return Status(201, decided(made(request, image, body)))
    except reviewing.Decided as first:
        raise Wrong(412, already(first.decision), "decided", [("seen", already(first.decision))]) from None
    except reviewing.Unfit as unfit:
        raise Wrong(422, str(unfit), "unfit", [("note", str(unfit))]) from None


def made(request: ApiRequest, image: Image, body: DecisionAsked) -> Decision:
    by = request.auth.user
    if body.verdict == Verdict.UNDONE:
        return reviewing.take_back(image, by, body.seen)
    return reviewing.decide(image, body.verdict, body.note, by, body.seen)
