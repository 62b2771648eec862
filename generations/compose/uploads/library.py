"""What was given before: one's own uploads, and those that the team shares."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from generations.access import team_role
from generations.media import names
from generations.media.store import store
from generations.models import Role, Upload
from generations.uploading import shelf
from generations.uploading.keep import THUMB
from generations.web.requests import StudioRequest

FOREVER = "private, max-age=31536000, immutable"


@require_safe
def upload_picture(request: StudioRequest, sha256: str) -> HttpResponse:
    """Small, for the composer and the lists, and never more: it may be made of an original that is closed.

    Of any team of this person: a page of another one may still be open.
    """
    teams = [membership.team_id for membership in request.memberships]
    if not Upload.objects.filter(team__in=teams, sha256=sha256).exists():
        raise Http404
    try:
        with store().open(names.derived(sha256, THUMB)) as file:
            response = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = FOREVER
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@team_role(Role.DESIGNER)
def library(request: StudioRequest) -> HttpResponse:
    whose = "team" if request.GET.get("whose") == "team" else "mine"
    uploads = shelf.library(request.team) if whose == "team" else shelf.recent(request.user, request.team)
    search = request.GET.get("search", "")[: shelf.LONGEST_SEARCH]
    page = shelf.page(uploads.select_related("user"), search, request.GET.get("before", ""))
    context = {"page": page, "whose": whose, "search": search, "leads": request.membership.may(Role.ADMIN)}
    return render(request, template(request), context)


def template(request: StudioRequest) -> str:
    """Further pictures, the list anew, or a page of its own."""
    if not request.htmx:
        return "compose/library.html"
    return "compose/_shelf.html" if request.GET.get("before") else "compose/_library.html"


@require_POST
@team_role(Role.DESIGNER)
def share_upload(request: StudioRequest, sha256: str) -> HttpResponse:
    upload = own(request, sha256)
    shelf.share(upload, request.POST.get("shared") == "on")
    return answer(request, upload)


@require_POST
@team_role(Role.DESIGNER)
def forget_upload(request: StudioRequest, sha256: str) -> HttpResponse:
    shelf.forget(own(request, sha256))
    return answer(request, None)


def own(request: StudioRequest, sha256: str) -> Upload:
    """One's own, and for team administrators everybody's."""
    uploads = Upload.objects.filter(team=request.team)
    mine = uploads if request.membership.may(Role.ADMIN) else uploads.filter(user=request.user)
    return get_object_or_404(mine, sha256=sha256)


def answer(request: StudioRequest, upload: Upload | None) -> HttpResponse:
    whose = "team" if request.POST.get("whose") == "team" else "mine"
    if not request.htmx:
        return redirect(f"{reverse('library')}?whose={whose}")
    if upload is None or (whose == "team" and not upload.shared):
        return HttpResponse()  # it is no longer on this list
    return render(request, "compose/_kept.html", {"upload": upload, "whose": whose, "leads": request.membership.may(Role.ADMIN)})
