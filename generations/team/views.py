from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from generations import journal
from generations.access import team_role
from generations.models import Invitation, Role
from generations.team.forms import InviteForm
from generations.team.letters import send_invitation
from generations.web.addresses import public_link, safe_next
from generations.web.requests import StudioRequest


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: StudioRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, team=request.team)
    if request.method == "POST":
        return invite(request, form)
    return page(request, form)


@team_role(Role.ADMIN)
def invite(request: StudioRequest, form: InviteForm) -> HttpResponse:
    if not form.is_valid():
        return page(request, form, status=422)
    with transaction.atomic():
        invitation, token = form.write(request.user)
        journal.write("person.invite", actor=request.user, team=request.team, subject=invitation, role=invitation.role)
    link = public_link(request, reverse("join", args=[token]))
    sent = send_invitation(invitation, link)
    return page(request, InviteForm(team=request.team), written=invitation, link=link, sent=sent)


@require_POST
@team_role(Role.ADMIN)
def withdraw(request: StudioRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.open(), pk=pk, team=request.team)
    invitation.withdrawn_at = timezone.now()
    with transaction.atomic():
        invitation.save(update_fields=["withdrawn_at"])
        journal.write("invitation.withdraw", actor=request.user, team=request.team, subject=invitation)
    messages.success(request, _("The link for %(email)s no longer works.") % {"email": invitation.email})
    return redirect("team")


@require_POST
def switch(request: StudioRequest) -> HttpResponse:
    wanted = request.POST.get("team", "")
    chosen = next((one.team for one in request.memberships if one.team.slug == wanted), None)
    if chosen is None:
        raise Http404  # a stranger's team looks like one that does not exist
    request.user.team = chosen
    request.user.save(update_fields=["team"])
    return redirect(safe_next(request, "compose"))


def page(request: StudioRequest, form: InviteForm, status: int = 200, **more: object) -> HttpResponse:
    people = request.team.memberships.select_related("user").order_by("user__name", "id")
    open_ones = Invitation.objects.open().filter(team=request.team).select_related("invited_by")
    context = {"form": form, "people": people, "invitations": open_ones, "leads": request.membership.may(Role.ADMIN), **more}
    return render(request, "team/page.html", context, status=status)
