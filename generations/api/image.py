"""An image as our own API tells it, in lists and by itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from pydantic import Field

from generations.api import examples
from generations.api.frame import ApiRequest
from generations.api.generation import PersonTold
from generations.api.shapes import Moment, Shape
from generations.calling.links import link
from generations.models import Decision, Image, Mark, Review, User, Verdict
from generations.web import facts, lineage, seen


class ImageTold(Shape):
    id: UUID
    generation: UUID
    index: int = Field(description="Its place among those that came together, from 0.")
    prompt: str
    engine: str = Field(examples=["apimart/seedream-5.0-lite"])
    person: PersonTold
    private: bool
    width: int
    height: int
    format: str = Field(examples=["jpeg"])
    bytes: int
    sha256: str = Field(description="Of the original, byte for byte as the provider sent it.")
    url: str | None = Field(description="Good for 24 hours, for whoever has it. Null in the trash.")
    broken: list[str] = Field(description="Promises of the engine that were not kept: size, ratio, count, format.")
    review: Review | None = Field(description="Where it stands. Null: nobody has asked.")
    starred: bool = Field(description="By this token's person, as is the rating.")
    rating: int = Field(description="1 to 5; 0: none.")
    created_at: Moment
    trashed_at: Moment | None


class RowTold(Shape):
    name: str = Field(description="size, ratio, count, format or watermark.")
    asked: str
    delivered: str
    verdict: str = Field(description="kept, broken, or open: nobody can say.")


class LineTold(Shape):
    """Generations, by their ids; at most five in each direction."""

    ancestors: list[UUID] = Field(description="What it is a variation of, nearest first.")
    reruns: list[UUID] = Field(description="What was run again from it, newest first.")
    uses: list[UUID] = Field(description="What it went into as a reference, newest first.")


class DecisionTold(Shape):
    number: int = Field(description="From 1; the last one counts.")
    verdict: Verdict
    note: str
    sha256: str = Field(description="The bytes that were decided about.")
    person: PersonTold
    at: Moment


class WholeImage(ImageTold):
    delivered: list[RowTold] = Field(description="What was asked for against what came.")
    lineage: LineTold
    decisions: list[DecisionTold] = Field(description="The last one first.")


EXAMPLE: dict[str, Any] = {
    "id": examples.IMAGE,
    "generation": examples.ID,
    "index": 0,
    "prompt": examples.REQUEST["prompt"],
    "engine": examples.REQUEST["engine"],
    "person": {"id": 7, "name": "Dana Designer"},
    "private": False,
    "width": 2848,
    "height": 1600,
    "format": "jpeg",
    "bytes": 1_204_331,
    "sha256": examples.SHA256,
    "url": examples.GENERATION["images"][0]["url"],
    "broken": [],
    "review": "approved",
    "starred": True,
    "rating": 4,
    "created_at": "2026-11-20T18:03:26.120Z",
    "trashed_at": None,
}
DECIDED: dict[str, Any] = {
    "number": 1,
    "verdict": "approved",
    "note": "",
    "sha256": examples.SHA256,
    "person": {"id": 8, "name": "Rui Reviewer"},
    "at": "2026-11-20T18:20:41.002Z",
}
WHOLE: dict[str, Any] = {
    **EXAMPLE,
    "delivered": [{"name": "size", "asked": "2848 × 1600", "delivered": "2848 × 1600", "verdict": "kept"}],
    "lineage": {"ancestors": [], "reruns": [], "uses": []},
    "decisions": [DECIDED],
}


def ready(rows: "QuerySet[Image]") -> "QuerySet[Image]":
    """With all that a list tells of them."""
    return rows.select_related("generation", "user", "team").defer("generation__trouble", "generation__spares")


def drawn(request: ApiRequest, images: Sequence[Image]) -> list[ImageTold]:
    own = Mark.objects.filter(user=request.auth.user, image__in=images)
    marks = {mark.image_id: mark for mark in own} if images else {}
    return [ImageTold(**told(request, image, marks.get(image.pk, Mark()))) for image in images]


def told(request: ApiRequest, image: Image, mark: Mark) -> dict[str, Any]:
    same = ("private", "width", "height", "format", "bytes", "sha256", "created_at", "trashed_at", "index", "engine")
    return {name: getattr(image, name) for name in same} | {
        "id": image.uid,
        "generation": image.generation.uid,
        "prompt": image.generation.prompt,
        "person": person(image.user),
        "url": link(request, image) if image.trashed_at is None else None,
        "broken": [one["name"] for one in image.broken],
        "review": image.review or None,
        "starred": mark.starred,
        "rating": mark.rating,
    }


def whole(request: ApiRequest, image: Image) -> WholeImage:
    mark = Mark.objects.filter(user=request.auth.user, image=image).first() or Mark()
    rows = [
        RowTold(name=row.name, asked=row.asked, delivered=row.delivered, verdict=row.verdict) for row in facts.asked_and_delivered(image)
    ]
    last = image.decisions.select_related("user").order_by("-number")
    more: dict[str, Any] = {"delivered": rows, "lineage": line(request, image), "decisions": [decided(one) for one in last]}
    return WholeImage(**told(request, image, mark), **more)


def line(request: ApiRequest, image: Image) -> LineTold:
    caller = request.auth
    before, uses = lineage.ancestors(caller, image.generation), lineage.used_in(caller, image)
    after = lineage.reruns(caller, image.generation_id)
    uids = dict(seen.generations(caller).filter(pk__in=[*before, *after, *uses]).values_list("pk", "uid"))
    found = ([uids[pk] for pk in several if pk in uids] for several in (before, after, uses))
    return LineTold(**dict(zip(LineTold.model_fields, found, strict=True)))


def decided(decision: Decision) -> DecisionTold:
    return DecisionTold(
        number=decision.number,
        verdict=Verdict(decision.verdict),
        note=decision.note,
        sha256=decision.sha256,
        person=person(decision.user),
        at=decision.at,
    )


def person(user: User) -> PersonTold:
    return PersonTold(id=user.pk, name=user.name)
