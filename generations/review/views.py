"""The queue, and everything that was decided. One image is large; the rest are a strip under it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.review.chosen import Chosen, number
from generations.review.desk import Desk, desk
from generations.web.reasons import reasons
from generations.web.requests import StudioRequest


@require_safe
def review(request: StudioRequest) -> HttpResponse:
    named = request.GET.get("image", "")
    uid = number(named)
    found = desk(request, Chosen.read(request.GET), uid)
    if named and (uid is None or found.image is None):
        raise Http404
    return show(request, found)


def show(request: StudioRequest, found: Desk, status: int = 200, **kept: str) -> HttpResponse:
    """`kept`: what somebody had typed, where, and what is wrong with it."""
    context = {"desk": found, "subject": found.subject, "chosen": found.chosen, "reasons": reasons(), "kept": kept}
    return render(request, "review/_desk.html" if request.htmx else "review/page.html", context, status=status)
