"""What people say of an image."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from generations import commenting
from generations.access import removes, settles
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.generation import PersonTold
from generations.api.image import person
from generations.api.images import AT, image_of
from generations.api.pages import NEXT, Paging, page
from generations.api.shapes import Asked, Moment, Shape
from generations.commenting import LONGEST, SIDE
from generations.models import Comment, Scope

router = Router(tags=["Reviews"])


class PlaceAsked(Asked):
    x: int = Field(ge=0, le=SIDE, description="Thousandths from the left.")
    y: int = Field(ge=0, le=SIDE, description="Thousandths from the top.")


class PlaceTold(Shape):
    x: int
    y: int


class CommentTold(Shape):
    id: UUID
    text: str
    person: PersonTold | None = Field(description="Null: a guest, who came by a shared link.")
    guest: str | None = Field(description="What a guest called themself.")
    place: PlaceTold | None = Field(description="Where in the picture it is pinned.")
    at: Moment
    settled_at: Moment | None
    removed_at: Moment | None = Field(description="Its text is gone, and its place is kept because others answered.")


class Comments(Shape):
    items: list[CommentTold]
    next: str | None = NEXT


class CommentAsked(Asked):
    text: str = Field(max_length=LONGEST, description="@Name calls a member to it.", examples=["@Dana the logo is cut off here"])
    place: PlaceAsked | None = None


class SettledAsked(Asked):
    settled: bool


EXAMPLE = {
    "id": "7d0a6f3c-7d2e-4b8a-9a51-60c5d0a4e9f1",
    "text": "@Dana the logo is cut off here",
    "person": {"id": 8, "name": "Rui Reviewer"},
    "guest": None,
    "place": {"x": 812, "y": 640},
    "at": "2026-11-20T18:19:02.551Z",
    "settled_at": None,
    "removed_at": None,
}


@operation(
    router,
    "GET",
    "/images/{uuid:id}/comments",
    scope=Scope.READ,
    name="api_comments",
    gives=Comments,
    example=Example({"items": [EXAMPLE], "next": None}, path=f"{AT}/comments"),
    may=(404,),
)
def list_comments(request: ApiRequest, id: UUID, paging: Query[Paging]) -> Comments:
    """List its comments
    In the order they were said.
    """
    found, more = page(request, commenting.of(image_of(request.auth, id)), paging, "id")
    return Comments(items=[told(one) for one in found], next=more)


@operation(
    router,
    "POST",
    "/images/{uuid:id}/comments",
    scope=Scope.READ,
    instead=Scope.GENERATE,
    name="api_comments",
    gives={201: CommentTold},
    example=Example(EXAMPLE, body={"text": EXAMPLE["text"], "place": EXAMPLE["place"]}, path=f"{AT}/comments"),
    may=(404,),
)
def say(request: ApiRequest, id: UUID, body: CommentAsked) -> Status[CommentTold]:
    """Say something of it
    In the name of this token's person: whoever may look at an image may speak of it.
    """
    place = (body.place.x, body.place.y) if body.place else None
    try:
        return Status(201, told(commenting.say(image_of(request.auth, id), body.text, by=request.auth.user, place=place)))
    except commenting.Unfit as unfit:
        raise Wrong(422, str(unfit), "unfit", [("text", str(unfit))]) from None


@operation(
    router,
    "PATCH",
    "/images/{uuid:id}/comments/{uuid:comment}",
    scope=Scope.READ,
    instead=Scope.GENERATE,
    name="api_comment",
    gives=CommentTold,
    example=Example(EXAMPLE | {"settled_at": "2026-11-20T18:40:00.000Z"}, body={"settled": True}, path=f"{AT}/comments/{EXAMPLE['id']}"),
    may=(404,),
)
def settle(request: ApiRequest, id: UUID, comment: UUID, body: SettledAsked) -> CommentTold:
    """Settle a comment, or open it again
    Viewers settle only what they said themselves.
    """
    found = heard(request, id, comment)
    if not settles(request.auth.membership, found):
        raise PermissionDenied(_("Viewers settle only what they said themselves."))
    act = commenting.resolve if body.settled else commenting.reopen
    act(found, request.auth.user)
    return told(commenting.of(found.image).get(pk=found.pk))


@operation(
    router,
    "DELETE",
    "/images/{uuid:id}/comments/{uuid:comment}",
    scope=Scope.GENERATE,
    name="api_comment",
    gives={204: None},
    example=Example(None, path=f"{AT}/comments/{EXAMPLE['id']}"),
    may=(404,),
)
def remove(request: ApiRequest, id: UUID, comment: UUID) -> Status[None]:
    """Remove a comment
    Its words are gone for good; where others answered or settled it, its place stays in the list. What others said is removed by team
    administrators.
    """
    found = heard(request, id, comment)
    if not removes(request.auth.membership, found):
        raise PermissionDenied(_("What others said is removed by team administrators."))
    commenting.remove(found, request.auth.user)
    return Status(204, None)


def heard(request: ApiRequest, id: UUID, comment: UUID) -> Comment:
    return get_object_or_404(commenting.of(image_of(request.auth, id)).select_related("image__team"), uid=comment)


def told(one: Comment) -> CommentTold:
    return CommentTold(
        id=one.uid,
        text=one.text,
        person=person(one.user) if one.user else None,
        guest=one.guest or None,
        place=PlaceTold(x=one.x, y=one.y) if one.x is not None and one.y is not None else None,
        at=one.at,
        settled_at=one.resolved_at,
        removed_at=one.removed_at,
    )
