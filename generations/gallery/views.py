from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.web.requests import StudioRequest


@require_safe
def gallery(request: StudioRequest) -> HttpResponse:
    return render(request, "gallery/page.html")
