from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.gallery.filters import Filter, place
from generations.gallery.wall import look
from generations.web.requests import StudioRequest


@require_safe
def gallery(request: StudioRequest) -> HttpResponse:
    chosen = Filter.read(request.GET)
    wall = look(request, chosen, place(request.GET))
    return render(request, "gallery/_grid.html" if request.htmx else "gallery/page.html", {"wall": wall, "chosen": chosen})
