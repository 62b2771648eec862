"""A picture that is left with us before it is named in a request. It becomes an upload of its team, as if a person had given it."""

from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.calling import deposits
from generations.calling.waiting import place
from generations.compat.counter import Door, come_in, receive
from generations.compat.denial import Denial, Why
from generations.media import names
from generations.models import Scope, Upload
from generations.uploading.keep import keep
from generations.web.sending import answer

FIELD = "file"
BRIEFLY, SECONDS = "private, max-age=60", 60


def take(door: Door, request: HttpRequest) -> HttpResponse:
    caller = come_in(door, request, Scope.GENERATE)
    with place(caller.user.pk):
        content = dict(receive(door, request).files).get(FIELD)
        if content is None:
            raise Denial(Why.REQUEST, _("The picture has to be a file in the field “%(name)s” of a form.") % {"name": FIELD}, FIELD)
        upload = keep(BytesIO(content), "", caller.user, caller.team)
    return JsonResponse(described(upload) | {"url": deposits.link(request, upload, caller.user)})


def described(upload: Upload) -> dict[str, object]:
    """Of what we keep: cleaned, it is not quite what was sent."""
    return {
        "filename": f"{upload.sha256}.{upload.format}",
        "content_type": f"image/{upload.format}",
        "bytes": upload.bytes,
        "created_at": int(upload.created_at.timestamp()),
    }


@login_not_required
@require_safe
def deposit(request: HttpRequest, signed: str, name: str) -> HttpResponseBase:
    upload = deposits.follow(signed, name.partition(".")[0])
    if upload is None:
        raise Http404
    return answer(request, names.reference(upload.sha256, upload.format), BRIEFLY, SECONDS)
