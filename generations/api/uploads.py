"""Pictures that go in: given once, then named by their hash in as many requests as one likes."""

from tempfile import TemporaryFile
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field, ValidationError

from generations.api import examples
from generations.api.bodies import MOST, read, take_in
from generations.api.errors import Wrong, misshapen
from generations.api.frame import ApiRequest, Example, operation
from generations.api.pages import NEXT, Paging, page
from generations.api.shapes import Asked, Moment, Shape, without_nulls
from generations.media import names
from generations.models import Scope, Upload
from generations.uploading import links, shelf
from generations.uploading.keep import MOST_BYTES, keep, place, refuse_heavy
from generations.uploading.parcels import receive
from generations.uploading.unfit import Unfit
from generations.web import gifts

router = Router(tags=["Media"])

FORM, JSON = "multipart/form-data", "application/json"
LONGEST = 16_000  # letters of a link
SMALL = 1024 * 1024  # of a form, besides its file
SOON = 2  # seconds


class UploadTold(Shape):
    sha256: str = Field(description="What requests name it by.")
    name: str = Field(description="As it was called where it came from.", examples=["logo.png"])
    format: str = Field(examples=["png"])
    width: int
    height: int
    bytes: int
    shared: bool = Field(description="In the team's library.")
    image: UUID | None = Field(description="The image of the gallery that it was made of.")
    created_at: Moment
    used_at: Moment


class Uploads(Shape):
    items: list[UploadTold]
    next: str | None = NEXT


class UploadsChosen(Paging):
    library: bool = Field(False, description="The team's library instead of one's own.")
    q: str = Field("", max_length=shelf.LONGEST_SEARCH, description="Part of the name.")


class UploadAsked(Asked):
    link: str | None = Field(None, max_length=LONGEST, description="A public address of the picture.")
    image: str | None = Field(None, max_length=40, description="The id of an image in the gallery.")


FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
EXAMPLE = {
    "sha256": examples.SHA256,
    "name": "logo.png",
    "format": "png",
    "width": 1024,
    "height": 1024,
    "bytes": 204_331,
    "shared": False,
    "image": None,
    "created_at": "2026-11-20T17:58:11.400Z",
    "used_at": "2026-11-20T18:03:06.904Z",
}


@operation(
    router,
    "GET",
    "/uploads",
    scope=Scope.GENERATE,
    name="api_uploads",
    gives=Uploads,
    example=Example({"items": [EXAMPLE], "next": None}, query="limit=1"),
)
def list_uploads(request: ApiRequest, chosen: Query[UploadsChosen]) -> Uploads:
    """List uploads
    One's own, or those that the team shares; what was used last comes first.
    """
    caller = request.auth
    rows = shelf.library(caller.team) if chosen.library else shelf.recent(caller.user, caller.team)
    rows = rows.filter(name__icontains=words) if (words := chosen.q.strip()) else rows
    found, more = page(request, rows.select_related("image"), chosen, "-used_at", "-id")
    return Uploads(items=[told(request, one) for one in found], next=more)


@operation(
    router,
    "POST",
    "/uploads",
    scope=Scope.GENERATE,
    name="api_uploads",
    gives={201: UploadTold},
    example=Example(EXAMPLE, body={"link": "https://example.com/logo.png"}),
    may=(404, 503),
    most=0,
    takes={JSON: UploadAsked.model_json_schema(), FORM: FILE},
)
def upload(request: ApiRequest) -> Status[UploadTold]:
    """Upload a picture
    As a file in a form, a link, or an image of the gallery: PNG, JPEG or WebP, up to 30 MB. It is cleaned of everything but its pixels;
    the same picture is kept once for the team.
    """
    try:
        with place():
            kept = taken(request)
            return Status(201, told(request, Upload.objects.select_related("image").get(pk=kept.pk)))
    except Unfit as unfit:
        field = "file" if request.content_type == FORM else "link"
        wait = SOON if unfit.status == 503 else None
        raise Wrong(unfit.status, str(unfit), "reference", [(field, str(unfit))], wait) from None


def taken(request: ApiRequest) -> Upload:
    if request.content_type == FORM:
        return from_form(request)
    if request.content_type != JSON:
        raise Wrong(415, _("This takes a form with a file, or JSON with a link: send it with its Content-Type."))
    asked = asked_for(request)
    if asked.image and not asked.link:
        return gifts.from_gallery(request.auth, asked.image)
    if asked.link and not asked.image:
        return from_link(request, asked.link)
    raise Unfit(_("Give a link, or the id of an image."))


def from_form(request: ApiRequest) -> Upload:
    receive(request, MOST_BYTES, MOST_BYTES + SMALL)
    files: list[UploadedFile[bytes]] = request.FILES.getlist("file")
    if len(files) != 1:
        raise Unfit(_("Give one file, as the field “file”. There were %(n)s.") % {"n": len(files)})
    refuse_heavy(files[0].size or 0)
    return keep(files[0], names.shown(files[0].name or ""), request.auth.user, request.auth.team)


def from_link(request: ApiRequest, link: str) -> Upload:
    with TemporaryFile() as file:
        name = links.follow(link, MOST_BYTES, file)
        file.seek(0)
        return keep(file, name, request.auth.user, request.auth.team)


def asked_for(request: ApiRequest) -> UploadAsked:
    take_in(request, MOST)
    try:
        return UploadAsked.model_validate(without_nulls(read(request.body)))
    except ValidationError as wrong:
        raise misshapen({**one, "loc": ("body", "body", *one["loc"])} for one in wrong.errors()) from None


def told(request: ApiRequest, upload: Upload) -> UploadTold:
    same = ("sha256", "name", "format", "width", "height", "bytes", "shared", "created_at", "used_at")
    made_of = upload.image
    told_of = made_of and (not made_of.private or made_of.user_id == request.auth.user.pk)
    return UploadTold(**{name: getattr(upload, name) for name in same}, image=made_of.uid if made_of and told_of else None)
