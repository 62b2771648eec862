"""A picture of the gallery as a reference."""

from uuid import UUID

from django.utils.translation import gettext as _

from generations.models import Upload
from generations.uploading.copies import copy
from generations.uploading.unfit import Unfit
from generations.web import seen
from generations.web.requests import Whoever


def from_gallery(who: Whoever, uid: str) -> Upload:
    wanted = read_uid(uid)
    image = seen.images(who).kept().filter(uid=wanted).select_related("generation").first() if wanted else None
    if image is None:
        raise Unfit(_("This picture is not in the gallery any more."), 404)
    return copy(image, who.user, who.team)


def read_uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
