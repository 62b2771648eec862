"""The pictures themselves. Whoever may see one gets the bytes its address stands for, and may keep them: they never change."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.access import largest_copy
from generations.media import names
from generations.media.names import Name
from generations.web.requests import StudioRequest
from generations.web.sending import answer

# The rule in one question: somebody who is in the picture's team now, and it is theirs, or they administrate the team, or it is neither
# private nor in the trash. With what proves that their session is still theirs, and whether the original is open to them: the same as
# `access.sees_original` says.
RULE = """
SELECT person.password, image.sha256, image.format, image.width, image.height,
(NOT team.sealed OR image.review = 'approved' OR member.role IN ('reviewer', 'admin'))
FROM generations_image image
JOIN generations_team team ON team.id = image.team_id
JOIN generations_membership member ON member.team_id = image.team_id
JOIN generations_user person ON person.id = member.user_id
WHERE image.uid = %s AND person.id = %s AND person.is_active AND image.status = 'stored'
AND (image.user_id = person.id OR member.role = 'admin' OR (NOT image.private AND image.trashed_at IS NULL))
"""


AGAIN = "private, no-cache"  # of a copy that gives way to a larger one on the day its original opens


def closed() -> PermissionDenied:
    return PermissionDenied(_("The original opens when the image is approved. Until then there are smaller copies of it."))


@dataclass(frozen=True)
class File:
    password: str  # as it is kept: a session that was begun with another one is over
    sha256: str
    format: str
    width: int | None
    height: int | None
    opened: bool

    @property
    def largest(self) -> int:
        return max(names.SIDES) if self.opened else largest_copy(self.width, self.height)

    def original(self) -> Name:
        if not self.opened:
            raise closed()
        return names.original(self.sha256, self.format)

    def copy(self, request: HttpRequest, side: int) -> HttpResponseBase:
        if side > self.largest:
            return answer(request, names.derived(self.sha256, self.largest), AGAIN)
        return answer(request, names.derived(self.sha256, side))


def find(uid: UUID, user: int) -> File | None:
    with connection.cursor() as cursor:
        cursor.execute(RULE, [uid.hex, user])
        row = cursor.fetchone()
    return File(*row) if row else None


@require_safe
def picture(request: StudioRequest, uid: UUID, side: int) -> HttpResponseBase:
    if side not in names.SIDES:
        raise Http404
    return found(request, uid).copy(request, side)


@require_safe
def original(request: StudioRequest, uid: UUID) -> HttpResponseBase:
    return answer(request, found(request, uid).original())


def found(request: StudioRequest, uid: UUID) -> File:
    file = find(uid, request.user.pk)
    if file is None:
        raise Http404
    return file
