"""Any token of the studio, ended by a site administrator."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from generations.models import Token
from generations.web.administrators import administrators
from generations.web.programs import revoke
from generations.web.requests import StudioRequest


@administrators("POST", confirm=True)
def end_token(request: StudioRequest, uid: UUID) -> HttpResponse:
    token = revoke(request, Token.objects.all(), uid, request.user)
    return redirect("person", token.user_id)
