"""The first page, and what the composer's own buttons do."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from generations.access import team_role
from generations.compose import opening
from generations.compose.composer import Composer
from generations.compose.filled import Filled
from generations.compose.keys import fresh_key
from generations.compose.memory import Memory
from generations.compose.page import answer, page
from generations.models import Role
from generations.web.requests import StudioRequest


@require_safe
def compose(request: StudioRequest) -> HttpResponse:
    return page(request, opening.opening(request))


@require_http_methods(["GET", "HEAD", "POST"])
def composer(request: StudioRequest) -> HttpResponse:
    """By POST, for a prompt may be longer than any address."""
    return refresh(request) if request.method == "POST" else redirect("compose")


@team_role(Role.DESIGNER)
def refresh(request: StudioRequest) -> HttpResponse:
    """The composer for what stands in it now, which is kept as a draft."""
    filled, memory = Filled.posted(request.POST), Memory.read(request.POST.get("before", ""))
    sheet = clicked(request, filled, memory)
    whole = sheet is not None
    sheet = sheet or Composer(request, filled, memory, fresh_key(request))
    if {"theirs", "ours"} & request.POST.keys():
        sheet.tab = sheet.tab.now()
    sheet.keep()
    sheet.tried = bool(request.POST.get("tried") and sheet.problems)
    return answer(request, sheet, whole=whole)


def clicked(request: StudioRequest, filled: Filled, memory: Memory) -> Composer | None:
    """None: nothing was, somebody is just writing."""
    if "theirs" in request.POST:
        return opening.take(request, filled)
    if "undo" in request.POST:
        return opening.undo(request, filled, memory)
    if "clear" in request.POST:
        return opening.clear(request, filled)
    return opening.pick(request, filled, request.POST["pick"]) if "pick" in request.POST else None
