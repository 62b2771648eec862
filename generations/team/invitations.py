"""Links that let one person in: written, written anew, taken back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generations import journal
from generations.access import team_role
from generations.journal import Deed
from generations.models import Invitation, Role
from generations.team.forms import InviteForm
from generations.team.page import page
from generations.web.addresses import public_link
from generations.web.confirm import confirmed
from generations.web.letters import send_invitation
from generations.web.requests import StudioRequest


@team_role(Role.ADMIN)
@confirmed
def invite(request: StudioRequest) -> HttpResponse:
    """Also to write a new link for somebody whose old one was lost, or has expired."""
    form = InviteForm(request.POST, team=request.team)
    if not form.is_valid():
        return page(request, form, status=422)
    with transaction.atomic():
        invitation, token = form.write(request.user)
        journal.write(Deed.PERSON_INVITE, actor=request.user, team=request.team, subject=invitation, role=invitation.role)
    link = public_link(request, reverse("join", args=[token]))
    sent = send_invitation(invitation, link)
    return page(request, written=invitation, link=link, sent=sent)


@require_POST
@team_role(Role.ADMIN)
def withdraw(request: StudioRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.open(), pk=pk, team=request.team)
    invitation.withdrawn_at = timezone.now()
    with transaction.atomic():
        invitation.save(update_fields=["withdrawn_at"])
        journal.write(Deed.INVITATION_WITHDRAW, actor=request.user, team=request.team, subject=invitation)
    messages.success(request, _("The link for %(email)s no longer works.") % {"email": invitation.email})
    return redirect("team")
