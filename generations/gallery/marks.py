"""Star and rating: what one person thinks of an image. Everybody has their own, viewers too."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from generations.web import seen
from generations.web.addresses import safe_next
from generations.web.marks import put
from generations.web.requests import StudioRequest

SWITCH = {"on": True, "off": False}
RATINGS = {str(number): number for number in range(6)}  # 0 takes it back


@require_POST
def mark(request: StudioRequest, uid: UUID) -> HttpResponse:
    """As the form says, not the opposite of what is there: a click that arrives twice changes nothing."""
    image, change = seen.image(request, uid), read(request.POST)
    put(image, request.user, **change)
    return HttpResponse(status=204) if request.htmx else redirect(safe_next(request, "gallery"))


def read(form: QueryDict) -> dict[str, Any]:
    said = [("starred", SWITCH.get(form.get("starred", ""))), ("rating", RATINGS.get(form.get("rating", "")))]
    change = {name: value for name, value in said if name in form}
    if not change or None in change.values():
        raise BadRequest
    return change
