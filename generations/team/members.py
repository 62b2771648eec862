"""Roles, and who goes. What it does at once stands in `generations/membership.py`."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from generations import membership
from generations.access import team_role
from generations.membership import LastAdministrator
from generations.models import Membership, Role
from generations.team.page import page
from generations.web.confirm import confirmed
from generations.web.requests import StudioRequest


@require_POST
@team_role(Role.ADMIN)
@confirmed
def change_role(request: StudioRequest, pk: int) -> HttpResponse:
    member, role = find(request, pk), request.POST.get("role", "")
    if role not in Role.values:
        return told(request, member, _("There is no such role. Nothing was changed."), 422)
    was = request.POST.get("was", member.role)
    if was != member.role:
        return overtaken(request, member)
    try:
        done = membership.change_role(member, Role(role), request.user)
    except LastAdministrator:
        return told(request, member, last_one(member), 422)
    if not done:
        return overtaken(request, find(request, pk))
    return told(request, member, _("%(name)s: %(role)s.") % {"name": member.user, "role": member.get_role_display()})


def overtaken(request: StudioRequest, member: Membership) -> HttpResponse:
    figures = {"name": member.user, "role": member.get_role_display()}
    return told(request, member, _("Somebody was first. The role of %(name)s is now: %(role)s.") % figures, 409)


def told(request: StudioRequest, member: Membership, said: str, status: int = 200) -> HttpResponse:
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    if request.htmx and member.user == request.user and status == 200:
        return HttpResponse(headers={"HX-Redirect": reverse("team")})  # all of the page is another one now
    if request.htmx:
        return render(request, "team/_member.html", {"one": member, "leads": True, "roles": Role.choices}, status=status)
    return redirect("team") if status == 200 else page(request, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.ADMIN)
@confirmed
def remove_member(request: StudioRequest, pk: int) -> HttpResponse:
    member = find(request, pk)
    if member.user == request.user:
        return redirect("leave_team")
    if request.method == "POST":
        return remove(request, member)
    return ask(request, member)


def remove(request: StudioRequest, member: Membership) -> HttpResponse:
    try:
        gone = membership.remove(member, request.user, keep_links=request.POST.get("links") == "keep")
    except LastAdministrator:
        return ask(request, member, 422)
    if gone:
        messages.success(request, _("%(name)s is out of %(team)s.") % {"name": member.user, "team": member.team})
    return redirect("team")


@require_http_methods(["GET", "HEAD", "POST"])
def leave_team(request: StudioRequest) -> HttpResponse:
    if request.method != "POST":
        return ask(request, request.membership)
    try:
        membership.leave(request.membership)
    except LastAdministrator:
        return ask(request, request.membership, 422)
    messages.success(request, _("You have left %(team)s.") % {"team": request.team})
    return redirect("compose")


def ask(request: StudioRequest, member: Membership, status: int = 200) -> HttpResponse:
    """With what it would do, before it is done."""
    leaving = member.user == request.user
    context = {"one": member, "leaving": leaving, "parting": membership.parting(member), "back": reverse("team")}
    context["may_keep"] = not leaving
    context["wrong"] = last_one(member) if status == 422 else ""
    return render(request, "team/part.html", context, status=status)


def last_one(member: Membership) -> str:
    figures = {"name": member.user, "team": member.team}
    return _("%(name)s is the last team administrator of %(team)s. Make somebody else one first.") % figures


def find(request: StudioRequest, pk: int) -> Membership:
    return get_object_or_404(request.team.memberships.select_related("user", "team"), pk=pk)
