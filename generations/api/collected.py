"""Collections: named sets of images, in order."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field, StringConstraints

from generations import collecting
from generations.access import deletes
from generations.api import examples
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.generation import PersonTold
from generations.api.image import EXAMPLE as IMAGE
from generations.api.image import drawn, person, ready
from generations.api.images import Images, image_of
from generations.api.pages import NEXT, Paging, page
from generations.api.shapes import Asked, Moment, Shape
from generations.models import Collection, Image, Placement, Scope
from generations.web import seen
from generations.web.found import placed

router = Router(tags=["Collections"])

MOST = 500  # images in one call

Id = Annotated[UUID, Field(strict=False)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class CollectionTold(Shape):
    id: UUID
    name: str
    private: bool = Field(description="Only its owner sees it.")
    person: PersonTold = Field(description="Its owner.")
    images: int = Field(description="How many are in it; some may be in the trash, or private to somebody else.")
    created_at: Moment
    changed_at: Moment


class Collections(Shape):
    items: list[CollectionTold]
    next: str | None = NEXT


class CollectionAsked(Asked):
    name: Name = Field(examples=["Autumn campaign"])
    private: bool = False


class ChangeAsked(Asked):
    name: Name | None = None
    private: bool | None = Field(None, description="Its owner alone decides that.")


class ImagesAsked(Asked):
    images: list[Id] = Field(min_length=1, max_length=MOST, description="Ids of images, in order. They go to the end of the collection.")


class Added(Shape):
    added: int
    already: int = Field(description="Were in it before, and stay where they are.")


ID = "0c4b3a2e-7a34-4a0b-8a5e-2f6c1d9e8b70"
AT = f"/collections/{ID}"
EXAMPLE = {
    "id": ID,
    "name": "Autumn campaign",
    "private": False,
    "person": {"id": 7, "name": "Dana Designer"},
    "images": 12,
    "created_at": "2026-11-02T09:12:44.310Z",
    "changed_at": "2026-11-20T18:04:00.000Z",
}


# --- the collections ---


@operation(
    router,
    "GET",
    "/collections",
    scope=Scope.READ,
    name="api_collections",
    gives=Collections,
    example=Example({"items": [EXAMPLE], "next": None}, query="limit=1"),
)
def list_collections(request: ApiRequest, paging: Query[Paging]) -> Collections:
    """List collections
    The team's and one's own private ones; what was changed last comes first.
    """
    rows = Collection.objects.seen_by(request.auth.user, request.auth.team).select_related("user")
    found, more = page(request, rows, paging, "-changed_at", "-id")
    return Collections(items=shown(found), next=more)


@operation(
    router,
    "POST",
    "/collections",
    scope=Scope.GENERATE,
    name="api_collections",
    gives={201: CollectionTold},
    example=Example({**EXAMPLE, "images": 0}, body={"name": "Autumn campaign"}),
)
def make_collection(request: ApiRequest, body: CollectionAsked) -> Status[CollectionTold]:
    """Make a collection"""
    made = Collection.objects.create(team=request.auth.team, user=request.auth.user, name=body.name, private=body.private)
    return Status(201, shown([made])[0])


@operation(
    router,
    "GET",
    "/collections/{uuid:id}",
    scope=Scope.READ,
    name="api_collection",
    gives=CollectionTold,
    example=Example(EXAMPLE, path=AT),
    may=(404,),
)
def get_collection(request: ApiRequest, id: UUID) -> CollectionTold:
    """Get a collection"""
    return shown([find(request, id)])[0]


@operation(
    router,
    "PATCH",
    "/collections/{uuid:id}",
    scope=Scope.GENERATE,
    name="api_collection",
    gives=CollectionTold,
    example=Example(EXAMPLE, body={"name": "Autumn campaign"}, path=AT),
    may=(404,),
)
def change_collection(request: ApiRequest, id: UUID, body: ChangeAsked) -> CollectionTold:
    """Rename it, or make it private
    What is not named stays as it was.
    """
    found, change = find(request, id), body.model_dump(include={"name", "private"}, exclude_none=True)
    if "private" in change and found.user_id != request.auth.user.pk:
        raise PermissionDenied(_("Only whoever made a collection decides who sees it."))
    if change:
        Collection.objects.filter(pk=found.pk).update(**change, changed_at=timezone.now())
    return shown([find(request, id)])[0]


@operation(
    router,
    "DELETE",
    "/collections/{uuid:id}",
    scope=Scope.GENERATE,
    name="api_collection",
    gives={204: None},
    example=Example(None, path=AT),
    may=(404,),
)
def delete_collection(request: ApiRequest, id: UUID) -> Status[None]:
    """Delete a collection
    Only whoever made it, and team administrators. Its images stay in the gallery; links to it end.
    """
    found = find(request, id)
    if not deletes(request.auth.membership, found):
        raise PermissionDenied(_("Only whoever made a collection, and team administrators, delete it."))
    collecting.delete(found)
    return Status(204, None)


# --- what lies in one ---


@operation(
    router,
    "GET",
    "/collections/{uuid:id}/images",
    scope=Scope.READ,
    name="api_collected",
    gives=Images,
    example=Example({"items": [IMAGE], "next": None}, path=f"{AT}/images", query="limit=1"),
    may=(404,),
)
def list_collected(request: ApiRequest, id: UUID, paging: Query[Paging]) -> Images:
    """List its images
    In its order, as far as this token's person may see them.
    """
    rows = placed(request.auth, find(request, id))
    found, more = page(request, rows, paging, "position", "image_id")
    images = ready(Image.objects.all()).in_bulk([placement.image_id for placement in found])
    return Images(items=drawn(request, [images[one.image_id] for one in found if one.image_id in images]), next=more)


@operation(
    router,
    "POST",
    "/collections/{uuid:id}/images",
    scope=Scope.GENERATE,
    name="api_collected",
    gives=Added,
    example=Example({"added": 1, "already": 0}, body={"images": [examples.IMAGE]}, path=f"{AT}/images"),
    may=(404,),
)
def add_images(request: ApiRequest, id: UUID, body: ImagesAsked) -> Added:
    """Add images
    All of them or, where one is not there, none.
    """
    found, wanted = find(request, id), list(dict.fromkeys(body.images))
    rows = dict(seen.images(request.auth).kept().filter(uid__in=wanted).values_list("uid", "pk"))
    missing = [uid for uid in wanted if uid not in rows]
    if missing:
        problems = [("images", _("There is no image %(id)s, or it is not for this token.") % {"id": uid}) for uid in missing]
        raise Wrong(422, problems[0][1], "no_such_image", problems)
    new = collecting.place(found.pk, [rows[uid] for uid in wanted])
    return Added(added=new, already=len(wanted) - new)


@operation(
    router,
    "DELETE",
    "/collections/{uuid:id}/images/{uuid:image}",
    scope=Scope.GENERATE,
    name="api_taken_out",
    gives={204: None},
    example=Example(None, path=f"{AT}/images/{examples.IMAGE}"),
    may=(404,),
)
def take_out(request: ApiRequest, id: UUID, image: UUID) -> Status[None]:
    """Take an image out
    It stays in the gallery. Was it not in it, nothing happens.
    """
    collecting.take_out(find(request, id).pk, [image_of(request.auth, image).pk])
    return Status(204, None)


# --- as they are told ---


def find(request: ApiRequest, id: UUID) -> Collection:
    found = Collection.objects.seen_by(request.auth.user, request.auth.team).select_related("user").filter(uid=id).first()
    if found is None:
        raise Wrong(404, _("There is no such collection, or it is not for this token."))
    return found


def shown(found: Sequence[Collection]) -> list[CollectionTold]:
    lying = Placement.objects.filter(collection__in=found).order_by().values("collection").annotate(n=Count("pk"))
    counts = dict(lying.values_list("collection", "n")) if found else {}
    return [
        CollectionTold(
            id=one.uid,
            name=one.name,
            private=one.private,
            person=person(one.user),
            images=counts.get(one.pk, 0),
            created_at=one.created_at,
            changed_at=one.changed_at,
        )
        for one in found
    ]
