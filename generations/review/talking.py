"""Comments on an image: from its place in the queue, and from wherever else it is shown."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from generations import commenting
from generations.access import removes, settles
from generations.models import Comment, Image
from generations.web import seen
from generations.web.addresses import safe_next
from generations.web.opinions import Opinions
from generations.web.requests import StudioRequest

NAMES = 8  # that are offered


@require_POST
def say(request: StudioRequest, uid: UUID) -> HttpResponse:
    image = seen.image(request, uid)
    text = request.POST.get("text", "")
    try:
        said = commenting.say(image, text, by=request.user, place=place(request))
    except commenting.Unfit as unfit:
        return talk(request, image, 422, typed=text, said_wrong=str(unfit))
    return talk(request, image, said=said.uid)


@require_POST
def settle(request: StudioRequest, uid: UUID) -> HttpResponse:
    comment = heard(request, uid)
    if not settles(request.membership, comment):
        raise PermissionDenied(_("Viewers settle only what they said themselves."))
    act = commenting.reopen if request.POST.get("open") else commenting.resolve
    act(comment, request.user)
    return talk(request, comment.image)


@require_POST
def remove(request: StudioRequest, uid: UUID) -> HttpResponse:
    comment = heard(request, uid)
    if not removes(request.membership, comment):
        raise PermissionDenied(_("What others said is removed by team administrators."))
    commenting.remove(comment, request.user)
    return talk(request, comment.image)


def heard(request: StudioRequest, uid: UUID) -> Comment:
    return get_object_or_404(Comment.objects.select_related("image__team"), uid=uid, image__in=seen.images(request))


@require_safe
def names(request: StudioRequest, uid: UUID) -> HttpResponse:
    """People who may be called to this image, by the beginning of their names."""
    begun = request.GET.get("q", "").replace("\0", "")[:80]
    found = commenting.members(seen.image(request, uid)).filter(user__name__icontains=begun).exclude(user=request.user)
    return render(request, "web/_names.html", {"members": found[:NAMES]})


def place(request: StudioRequest) -> commenting.Place | None:
    x, y = (request.POST.get(name, "") for name in ("x", "y"))
    return (int(x[:4]), int(y[:4])) if all(one.isascii() and one.isdecimal() for one in (x, y)) else None


def talk(request: StudioRequest, image: Image, status: int = 200, said: UUID | None = None, **kept: str) -> HttpResponse:
    if not request.htmx and status == 200:
        return redirect(safe_next(request, "review"))
    opinions, told = Opinions(image, request.membership), {name: request.POST.get(name, "") for name in ("next", "pinned")}
    context = {"opinions": opinions, "kept": kept, "said": said, **told}
    if request.htmx:
        return render(request, "web/_talk.html", context, status=status)
    messages.error(request, kept["said_wrong"])
    return render(request, "review/said.html", context, status=status)
