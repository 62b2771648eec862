"""Roles in any team, changed by a site administrator: the same rules as in the team itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from generations import membership
from generations.models import Membership, Role
from generations.web.addresses import safe_next
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest


@administrators("GET", "POST", confirm=True)
def change_member(request: StudioRequest, pk: int) -> HttpResponse:
    """Another role, or out; before somebody is taken out the page says what that does."""
    member = get_object_or_404(Membership.objects.select_related("team", "user"), pk=pk)
    role, out = request.POST.get("role", ""), request.POST.get("remove") == "on"
    if request.method != "POST":
        return ask(request, member)
    if not out and role not in Role.values:
        messages.error(request, _("There is no such role. Nothing was changed."))
        return ask(request, member, 422)
    names = {"name": member.user, "team": member.team}
    try:
        done = membership.remove(member, request.user) if out else membership.change_role(member, Role(role), request.user)
    except membership.LastAdministrator:
        messages.error(request, _("%(team)s would be left without an administrator. Make somebody else one first.") % names)
        return redirect(safe_next(request, "teams"))
    if not done:
        messages.error(request, _("Somebody changed this meanwhile. Look again."))
    elif out:
        messages.success(request, _("%(name)s is not in %(team)s any more. The work stays with the team.") % names)
    else:
        messages.success(request, _("%(name)s has another role in %(team)s now.") % names)
    return redirect("team_record", member.team_id) if out else redirect(safe_next(request, "teams"))


def ask(request: StudioRequest, member: Membership, status: int = 200) -> HttpResponse:
    back = reverse("team_record", args=[member.team_id])
    context = {"one": member, "parting": membership.parting(member), "back": back}
    return render(request, "team/part.html", context, status=status)
