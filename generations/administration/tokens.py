"""Any token of the studio, ended by a site administrator."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from generations.access import site_administrator
from generations.models import Token
from generations.web.confirm import confirmed
from generations.web.programs import revoke
from generations.web.requests import StudioRequest
from generations.web.team import without_team


@require_POST
@without_team
@site_administrator
@confirmed
def end_token(request: StudioRequest, uid: UUID) -> HttpResponse:
    token = revoke(request, Token.objects.all(), uid, request.user)
    return redirect("person", token.user_id)
