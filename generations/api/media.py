"""The files of an image, for whoever calls with a token. Addresses that need none are in `url`."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from ninja import Router

from generations.access import sees_original
from generations.api.frame import ApiRequest, Example, operation
from generations.api.images import AT, image_of
from generations.calling.caller import Caller
from generations.media import names
from generations.models import Scope
from generations.web.files import File
from generations.web.sending import answer

router = Router(tags=["Images"])


@operation(
    router,
    "GET",
    "/images/{uuid:id}/original",
    scope=Scope.READ,
    name="api_original",
    gives={200: None},
    example=Example(None, path=f"{AT}/original", media="image/*"),
    may=(404,),
)
def get_original(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """Download the original
    Byte for byte as the provider sent it, or 302 to where it lies. Where the team seals its originals, 403 until it is approved.
    """
    return unkept(answer(request, file(request.auth, id).original()))


@operation(
    router,
    "GET",
    "/images/{uuid:id}/{int:side}.webp",
    scope=Scope.READ,
    name="api_copy",
    gives={200: None},
    example=Example(None, path=f"{AT}/640.webp", media="image/webp"),
    may=(404,),
)
def get_copy(request: ApiRequest, id: UUID, side: int) -> HttpResponseBase:
    """Download a smaller copy
    Its longer side has 320, 640 or 1280 pixels. While the original is sealed, no copy is as large as it.
    """
    if side not in names.SIDES:
        raise Http404
    return unkept(file(request.auth, id).copy(request, side))


def file(caller: Caller, id: UUID) -> File:
    image = image_of(caller, id)
    return File(image.sha256, image.format, image.width, image.height, sees_original(caller.membership, image))


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """The same address answers another token otherwise."""
    response["Cache-Control"], response["Vary"] = "no-store", "Authorization"
    return response
