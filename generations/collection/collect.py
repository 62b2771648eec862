"""Images into collections, out of them, and about in them."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from generations import collecting
from generations.access import team_role
from generations.collection.forms import CollectionForm
from generations.collection.views import find, found_one
from generations.models import Collection, Image, Role
from generations.web import seen
from generations.web.requests import StudioRequest

MOST = 500  # images that are put into a collection with one click
RECENT = 12


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.DESIGNER)
def collect(request: StudioRequest) -> HttpResponse:
    """From wherever images were chosen: which collection, and then into it."""
    if request.method == "POST":
        return put(request, images_of(request, request.POST.getlist("image")))
    return choose(request, images_of(request, request.GET.getlist("image")), CollectionForm())


def choose(request: StudioRequest, images: Sequence[Image], form: CollectionForm, status: int = 200) -> HttpResponse:
    found = Collection.objects.seen_by(request.user, request.team).order_by("-changed_at", "-pk")[:RECENT]
    context = {"here": "collections", "chosen": images, "collections": found, "form": form}
    return render(request, "collection/_collect.html" if request.htmx else "collection/collect.html", context, status=status)


def put(request: StudioRequest, images: Sequence[Image]) -> HttpResponse:
    form = CollectionForm(request.POST)
    uid = request.POST.get("collection", "")
    if not uid and not form.is_valid():
        return choose(request, images, form, status=422)
    with transaction.atomic():
        target = find(request, read([uid])[0]) if uid else found_one(request, form)
        new = collecting.place(target.pk, [image.pk for image in images])
    messages.success(request, told(new, len(images), target))
    if request.htmx:
        return render(request, "collection/_collected.html", {"collection": target})
    return redirect("collection", target.uid)


def told(new: int, chosen: int, target: Collection) -> str:
    if not new:
        return _("Already in “%(name)s”.") % {"name": target.name}
    sentence = ngettext("%(n)s image added to “%(name)s”.", "%(n)s images added to “%(name)s”.", new) % {"n": new, "name": target.name}
    there = chosen - new
    return f"{sentence} {_('%(n)s were in it already.') % {'n': there}}" if there else sentence


@require_POST
@team_role(Role.DESIGNER)
def take_out(request: StudioRequest, uid: UUID) -> HttpResponse:
    found = find(request, uid)
    images = images_of(request, " ".join(request.POST.getlist("image")).split())  # the page's script sends all in one field
    count = collecting.take_out(found.pk, [image.pk for image in images])
    messages.success(request, ngettext("%(n)s image taken out.", "%(n)s images taken out.", count) % {"n": count})
    if request.htmx:
        return render(request, "gallery/_gone.html", {"uids": [image.uid for image in images]})
    return redirect("collection", found.uid)


@require_POST
@team_role(Role.DESIGNER)
def move_image(request: StudioRequest, uid: UUID) -> HttpResponse:
    """Before another one that is named, or to the end."""
    found, before = find(request, uid), request.POST.get("before", "")
    wanted = images_of(request, [request.POST.get("image", ""), *([before] if before else [])])
    if not collecting.move(found.pk, wanted[0].pk, wanted[1].pk if before else None):
        raise Http404
    return HttpResponse(status=204) if request.htmx else redirect("collection", uid)


def images_of(request: StudioRequest, uids: Sequence[str]) -> list[Image]:
    """In the order they were chosen. One that is not there, or a stranger's, is not there."""
    wanted = read(uids)
    if not 0 < len(wanted) <= MOST:
        raise BadRequest
    rows = {image.uid: image for image in seen.images(request).filter(uid__in=wanted).select_related("generation")}
    if len(rows) < len(wanted):
        raise Http404
    return [rows[uid] for uid in wanted]


def read(uids: Sequence[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(uid) for uid in uids))
    except ValueError:
        raise Http404 from None
