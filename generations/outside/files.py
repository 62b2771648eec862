"""Pictures for people outside: those of their link, as long as it shows them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from generations.access import largest_copy, leaves
from generations.media import names
from generations.models import Image
from generations.outside import shown
from generations.outside.entrance import outside, unlocked
from generations.outside.pocket import Link
from generations.web.sending import answer, handed

BRIEFLY = "private, max-age=60"  # so long a browser shows a picture after its link was revoked
SECONDS = 60


@require_safe
@outside
def shared_picture(request: HttpRequest, link: Link, uid: UUID, side: int) -> HttpResponseBase:
    if side not in names.SIDES:
        raise Http404
    found = image(request, link, uid)
    if link.share.team.sealed and not leaves(link.share, found):
        side = min(side, largest_copy(found.width, found.height))
    return answer(request, names.derived(found.sha256, side), BRIEFLY, SECONDS)


@require_safe
@outside
def shared_original(request: HttpRequest, link: Link, uid: UUID) -> HttpResponseBase:
    found = image(request, link, uid)
    if not leaves(link.share, found):
        raise Http404
    return handed(request, names.original(found.sha256, found.format), called(link, found), BRIEFLY)


def image(request: HttpRequest, link: Link, uid: UUID) -> Image:
    if not unlocked(request, link):
        raise Http404
    found: Image = shown.find(link.share, uid).image
    return found


def called(link: Link, image: Image) -> str:
    """By the link's title: a prompt would say more than it may."""
    title = slugify(link.share.title, allow_unicode=True)[:60]
    return f"{title}-{str(image.uid)[:8]}.{names.EXTENSIONS[image.format]}".lstrip("-")
