"""One image, large. The page and the window over gallery or feed are the same fragment."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.gallery.around import around
from generations.gallery.inspector import about
from generations.web.requests import StudioRequest


@require_safe
def image(request: StudioRequest, uid: UUID) -> HttpResponse:
    found = about(request, uid)
    context = {"about": found, "around": around(request, found.image)}
    return render(request, "gallery/_lightbox.html" if request.htmx else "gallery/lightbox.html", context)
