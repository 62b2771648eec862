"""Images: found, looked at, marked, put into the trash and taken out again."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from generations import reviewing
from generations.access import puts_away
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.image import EXAMPLE, WHOLE, ImageTold, WholeImage, drawn, ready, whole
from generations.api.pages import NEXT, Paging, address, opened, sign
from generations.api.shapes import Asked, Shape
from generations.calling.caller import Caller
from generations.catalogue.sizes import RATIOS
from generations.models import Dialect, Image, Review, Reviewing, Role, Scope
from generations.search.find import NEWEST
from generations.search.words import MOST_TYPED
from generations.web import marks, seen, trash
from generations.web.filters import ENGINE, TIERS, Filter
from generations.web.found import numbers, readable

router = Router(tags=["Images"])

ORDER = ("-id",)
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
AT = f"/images/{EXAMPLE['id']}"


class Images(Shape):
    items: list[ImageTold]
    next: str | None = NEXT


class ImagesChosen(Paging):
    q: str = Field("", max_length=MOST_TYPED, description="Words of the prompt, English or Chinese; all of them have to be there.")
    mine: bool = Field(False, description="Only those of this token's person.")
    person: int | None = Field(None, ge=1, le=2**31 - 1, description="Only those of this person.")
    engine: str | None = Field(None, pattern=f"^{ENGINE.pattern}$", max_length=80, description="An engine's id.")
    provider: Dialect | None = None
    ratio: Literal[RATIOS] | None = Field(None, description="Of what came, by its usual name.")  # type: ignore[valid-type]
    tier: Literal[TIERS] | None = None  # type: ignore[valid-type]
    promise: Literal["kept", "broken"] | None = Field(None, description="Did it come as the engine promised?")
    review: Review | None = Field(None, description="Where it stands.")
    starred: bool = Field(False, description="By this token's person.")
    rating: int | None = Field(None, ge=1, le=5, description="At least, by this token's person.")
    references: bool = Field(False, description="Only those that pictures went into.")
    flagged: bool = Field(False, description="Only those in which the provider's content filter found something.")
    since: date | None = Field(None, ge=FIRST, le=LAST, description="The first day, by the studio's clock.")
    until: date | None = Field(None, ge=FIRST, le=LAST, description="The last day.")
    trash: bool = Field(False, description="What lies in the trash, as far as this token's person may take it out.")

    def filter(self) -> Filter:
        named = ("engine", "provider", "ratio", "tier", "promise", "review")
        said: dict[str, Any] = {name: str(getattr(self, name) or "") for name in named}
        plain = ("person", "starred", "rating", "references", "flagged", "since", "until")
        return Filter(whose="mine" if self.mine else "", q=self.q.strip(), **said, **{name: getattr(self, name) for name in plain})


class MarkAsked(Asked):
    starred: bool | None = None
    rating: int | None = Field(None, ge=0, le=5, description="1 to 5; 0 takes it back.")


# --- find ---


@operation(
    router,
    "GET",
    "/images",
    scope=Scope.READ,
    name="api_images",
    gives=Images,
    example=Example({"items": [EXAMPLE], "next": None}, query="q=kite&review=approved&limit=1"),
)
def list_images(request: ApiRequest, chosen: Query[ImagesChosen]) -> Images:
    """Find images
    All that have come and that this token's person may see, newest first: by words of their prompts and by what they are, over the whole
    history and equally quick.
    """
    caller = request.auth
    if chosen.trash and not caller.membership.may(Role.DESIGNER):
        return Images(items=[], next=None)
    before = place(chosen.cursor) if chosen.cursor else NEWEST
    found = numbers(caller, chosen.filter(), chosen.limit + 1, before, trash=chosen.trash)
    shown = found[: chosen.limit]
    rows = ready(readable(caller, trash=chosen.trash).filter(pk__in=shown)).in_bulk()
    more = address(request, sign([shown[-1]], ORDER)) if len(found) > chosen.limit else None
    return Images(items=drawn(request, [rows[pk] for pk in shown if pk in rows]), next=more)


def place(cursor: str) -> int:
    return min(int(opened(cursor, ORDER)[0]), NEWEST)


# --- look ---


@operation(
    router, "GET", "/images/{uuid:id}", scope=Scope.READ, name="api_image", gives=WholeImage, example=Example(WHOLE, path=AT), may=(404,)
)
def get_image(request: ApiRequest, id: UUID) -> WholeImage:
    """Get an image
    What was asked for against what came, where it comes from and what came of it, and what reviewers said of it.
    """
    return one(request, id)


def one(request: ApiRequest, id: UUID) -> WholeImage:
    found = ready(seen.images(request.auth)).filter(uid=id).first()
    if found is None:
        raise nobody()
    return whole(request, found)


def nobody() -> Wrong:
    return Wrong(404, _("There is no such image, or it is not for this token."))


def image_of(caller: Caller, id: UUID) -> Image:
    try:
        return seen.image(caller, id)
    except Http404:
        raise nobody() from None


# --- mark ---


@operation(
    router,
    "PATCH",
    "/images/{uuid:id}",
    scope=Scope.READ,
    name="api_image",
    gives=WholeImage,
    example=Example(WHOLE, body={"starred": True, "rating": 4}, path=AT),
    may=(404,),
)
def mark_image(request: ApiRequest, id: UUID, body: MarkAsked) -> WholeImage:
    """Star or rate it
    For this token's person alone: everybody has their own. What is not named stays as it was.
    """
    image, change = image_of(request.auth, id), body.model_dump(include={"starred", "rating"}, exclude_none=True)
    if not change:
        sentence = _("Say starred, rating, or both.")
        raise Wrong(422, sentence, "invalid", [("starred", sentence)])
    marks.put(image, request.auth.user, **change)
    return one(request, id)


@operation(
    router,
    "POST",
    "/images/{uuid:id}/trash",
    scope=Scope.GENERATE,
    name="api_trash",
    gives={204: None},
    example=Example(None, path=f"{AT}/trash"),
    may=(404,),
)
def trash_image(request: ApiRequest, id: UUID) -> Status[None]:
    """Put it into the trash
    For thirty days it can be taken out again, by its author or a team administrator; then it is gone.
    """
    image = image_of(request.auth, id)
    if not puts_away(request.auth.membership, image.user_id):
        raise PermissionDenied(_("Only its author or a team administrator can do this."))
    trash.trash(Image.objects.filter(pk=image.pk), request.auth.user, request.auth.team)
    return Status(204, None)


@operation(
    router,
    "POST",
    "/images/{uuid:id}/restore",
    scope=Scope.GENERATE,
    name="api_restore",
    gives={204: None},
    example=Example(None, path=f"{AT}/restore"),
    may=(404,),
)
def restore_image(request: ApiRequest, id: UUID) -> Status[None]:
    """Take it out of the trash"""
    image = image_of(request.auth, id)
    trash.restore(Image.objects.filter(pk=image.pk), request.auth.user, request.auth.team)
    return Status(204, None)


@operation(
    router,
    "POST",
    "/images/{uuid:id}/ask",
    scope=Scope.GENERATE,
    name="api_ask",
    gives={204: None},
    example=Example(None, path=f"{AT}/ask"),
    may=(404,),
)
def ask_for_review(request: ApiRequest, id: UUID) -> Status[None]:
    """Ask for a review
    It waits in the reviewers' queue. What was asked about before, or decided, stays as it is.
    """
    caller, image = request.auth, image_of(request.auth, id)
    if caller.team.review == Reviewing.OFF:
        raise Wrong(422, _("In %(team)s nothing is reviewed.") % {"team": caller.team}, "no_reviews")
    reviewing.ask(Image.objects.filter(pk=image.pk), caller.user, caller.team)
    return Status(204, None)
