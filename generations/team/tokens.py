"""The programs that work in a team: whose they are and what they may do. Team administrators may end any of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from generations.access import team_role
from generations.models import Role, Token
from generations.models.tokens import TokenSet
from generations.web.programs import listed, revoke
from generations.web.requests import StudioRequest


@require_safe
@team_role(Role.ADMIN)
def team_tokens(request: StudioRequest) -> HttpResponse:
    return render(request, "team/tokens.html", listed(ours(request), request.GET.get("before", "")))


@require_POST
@team_role(Role.ADMIN)
def end_team_token(request: StudioRequest, uid: UUID) -> HttpResponse:
    revoke(request, ours(request), uid, request.user)
    return redirect("team_tokens")


def ours(request: StudioRequest) -> TokenSet:
    found: TokenSet = Token.objects.filter(team=request.team)
    return found
