"""The pictures themselves. Whoever may see one gets the bytes its address stands for, and may keep them: they never change."""

from uuid import UUID

from django.db import connection
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from generations.media import names
from generations.web.files import File
from generations.web.requests import StudioRequest
from generations.web.sending import answer

# The rule in one question: somebody who is in the picture's team now, and it is theirs, or they administrate the team, or it is neither
# private nor in the trash. With whether the original is open to them, as `access.sees_original` says, and what proves that their session
# is still theirs.
RULE = """
SELECT image.sha256, image.format, image.width, image.height,
(NOT team.sealed OR image.review = 'approved' OR member.role IN ('reviewer', 'admin')), person.password, person.signed_out
FROM generations_image image
JOIN generations_team team ON team.id = image.team_id
JOIN generations_membership member ON member.team_id = image.team_id
JOIN generations_user person ON person.id = member.user_id
WHERE image.uid = %s AND person.id = %s AND person.is_active AND image.status = 'stored'
AND (image.user_id = person.id OR member.role = 'admin' OR (NOT image.private AND image.trashed_at IS NULL))
"""


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
