"""Where an image stands with the reviewers, beside the image itself: asked about here, decided at the door for reviews."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from generations import reviewing
from generations.access import team_role
from generations.gallery.actions import nothing, stay
from generations.gallery.inspector import about
from generations.gallery.selection import MOST, chosen
from generations.gallery.tiles import all_badges
from generations.gallery.wall import marked
from generations.models import Image, Reviewing, Role
from generations.web.requests import StudioRequest


@require_http_methods(["GET", "HEAD", "POST"])
def review_of(request: StudioRequest, uid: UUID) -> HttpResponse:
    """The part of the page that a decision changes; sent to, it asks for one."""
    found = about(request, uid)
    if request.method == "POST":
        refuse(request)
        reviewing.ask(Image.objects.filter(pk=found.image.pk), request.user, request.team)
        found = about(request, uid)
    if not request.htmx:
        return redirect(found.here.address)
    return render(request, "gallery/_review.html", {"about": found, "large": "large" in request.GET})


def refuse(request: StudioRequest) -> None:
    if request.team.review == Reviewing.OFF:
        raise PermissionDenied(_("This team reviews nothing."))
    if not request.membership.may(Role.DESIGNER):
        raise PermissionDenied(_("Viewers look; designers ask for a review."))


@require_POST
@team_role(Role.DESIGNER)
def ask_all(request: StudioRequest) -> HttpResponse:
    """Those that nobody has asked about yet. What was decided stays decided."""
    refuse(request)
    found = list(chosen(request).values_list("pk", "review")[:MOST])
    if not found:
        return nothing(request)
    new = [pk for pk, review in found if not review]
    asked = reviewing.ask(Image.objects.filter(pk__in=new), request.user, request.team)
    tell(request, asked, len(found) - asked)
    return HttpResponse(badges(request, new)) if request.htmx else stay(request)


def tell(request: StudioRequest, asked: int, others: int) -> None:
    now = ngettext("%(n)s image waits for a reviewer now.", "%(n)s images wait for a reviewer now.", asked)
    before = ngettext("%(n)s was asked about before.", "%(n)s were asked about before.", others)
    said = [sentence % {"n": count} for sentence, count in ((now, asked), (before, others)) if count]
    (messages.success if asked else messages.error)(request, " ".join(said))


@require_POST
def badges_all(request: StudioRequest) -> HttpResponse:
    """As they are now: somebody has decided from among the pictures."""
    return HttpResponse(badges(request, list(chosen(request).values_list("pk", flat=True))))


def badges(request: StudioRequest, images: list[int]) -> str:
    """For their tiles, as far as those are on the page."""
    own = marked(request, images)
    rows = [(one.uid, all_badges(one, own.get(one.pk, ""))) for one in Image.objects.filter(pk__in=images).select_related("decision")]
    return render_to_string("gallery/_badges.html", {"rows": rows})
