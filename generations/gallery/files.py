"""The pictures themselves. Whoever may see one gets the bytes its address stands for, and may keep them: they never change."""

import logging
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from generations.gallery.pieces import send
from generations.media import names
from generations.media.names import Name
from generations.media.store import store
from generations.web.requests import StudioRequest

FOREVER = "private, max-age=31536000, immutable"
SECONDS = 300  # that an address of a bucket is good for, once somebody has been let through
HEADERS = {
    "Cache-Control": FOREVER,
    # whatever is in the file, it is a picture and nothing else
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Vary": "Cookie",
}

# The rule in one question: somebody who is in the picture's team now, and it is theirs, or they administrate the team, or it is neither
# private nor in the trash. With what proves that their session is still theirs.
RULE = """
SELECT person.password, image.sha256, image.format
FROM generations_image image
JOIN generations_membership member ON member.team_id = image.team_id
JOIN generations_user person ON person.id = member.user_id
WHERE image.uid = %s AND person.id = %s AND person.is_active AND image.status = 'stored'
AND (image.user_id = person.id OR member.role = 'admin' OR (NOT image.private AND image.trashed_at IS NULL))
"""

log = logging.getLogger("studio.gallery")


@dataclass(frozen=True)
class File:
    password: str  # as it is kept: a session that was begun with another one is over
    sha256: str
    format: str

    def name(self, side: int | None) -> Name:
        return names.derived(self.sha256, side) if side else names.original(self.sha256, self.format)


def find(uid: UUID, user: int) -> File | None:
    with connection.cursor() as cursor:
        cursor.execute(RULE, [uid.hex, user])
        row = cursor.fetchone()
    return File(*row) if row else None


@require_safe
def picture(request: StudioRequest, uid: UUID, side: int) -> HttpResponseBase:
    if side not in names.SIDES:
        raise Http404
    return show(request, uid, side)


@require_safe
def original(request: StudioRequest, uid: UUID) -> HttpResponseBase:
    return show(request, uid, None)


def show(request: StudioRequest, uid: UUID, side: int | None) -> HttpResponseBase:
    file = find(uid, request.user.pk)
    if file is None:
        raise Http404
    return answer(request, file.name(side))


def answer(request: HttpRequest, name: Name) -> HttpResponseBase:
    """The bytes, or whoever has them: the web server in front of us, or the bucket."""
    etag = f'"{name}"'
    if unchanged := get_conditional_response(request, etag):
        return marked(unchanged, name, etag)
    if address := store().link(name, SECONDS):
        return elsewhere(address)
    if settings.ACCEL:
        return marked(HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL}{name}"}), name, etag)
    try:
        return marked(send(request, store().open(name), etag), name, etag)
    except FileNotFoundError:
        log.error("%s is missing from the store", name)
        raise Http404 from None


def elsewhere(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, headers={"Cache-Control": f"private, max-age={SECONDS // 2}"})


def marked(response: HttpResponseBase, name: Name, etag: str) -> HttpResponseBase:
    for header, value in HEADERS.items():
        response[header] = value
    response["Content-Type"], response["ETag"] = names.type_of(name), etag
    response["Content-Disposition"] = f'inline; filename="{Path(name).name}"'
    return response
