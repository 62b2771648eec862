"""The pictures themselves. Whoever may see one gets the bytes its address stands for, and may keep them: they never change."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from generations.media import names
from generations.media.names import Name
from generations.web.requests import StudioRequest
from generations.web.sending import answer

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
