"""Roles in any team, changed by a site administrator: the same rules as in the team itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generations import membership
from generations.access import site_administrator
from generations.models import Membership, Role
from generations.web.addresses import safe_next
from generations.web.confirm import confirmed
from generations.web.requests import StudioRequest
from generations.web.team import without_team


@require_POST
@without_team
@site_administrator
@confirmed
def change_member(request: StudioRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Membership.objects.select_related("team", "user"), pk=pk)
    role = request.POST.get("role", "")
    names = {"name": member.user, "team": member.team}
    try:
        if role in Role.values:
            done = membership.change_role(member, Role(role), request.user)
            said = _("%(name)s has another role in %(team)s now.")
        else:
            done = membership.remove(member, request.user) is not None
            said = _("%(name)s is not in %(team)s any more. The work stays with the team.")
    except membership.LastAdministrator:
        messages.error(request, _("%(team)s would be left without an administrator. Make somebody else one first.") % names)
        return redirect(safe_next(request, "teams"))
    if done:
        messages.success(request, said % names)
    else:
        messages.error(request, _("Somebody changed this meanwhile. Look again."))
    return redirect(safe_next(request, "teams"))
