from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from generations.team.invitations import invite
from generations.team.page import page
from generations.web.addresses import safe_next
from generations.web.requests import StudioRequest


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: StudioRequest) -> HttpResponse:
    return invite(request) if request.method == "POST" else page(request)


@require_POST
def switch(request: StudioRequest) -> HttpResponse:
    wanted = request.POST.get("team", "")
    chosen = next((one.team for one in request.memberships if one.team.slug == wanted), None)
    if chosen is None:
        raise Http404  # a stranger's team looks like one that does not exist
    request.user.team = chosen
    request.user.save(update_fields=["team"])
    return redirect(safe_next(request, "compose"))
