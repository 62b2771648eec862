"""A person's own tokens, for programs that work in the current team as if they were this person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from generations import tokens as programs
from generations.account.forms import TokenForm
from generations.models import Scope, Token
from generations.models.tokens import TokenSet
from generations.offers import offers
from generations.web.addresses import public_link
from generations.web.confirm import confirmed
from generations.web.programs import listed, revoke
from generations.web.requests import StudioRequest

ANY = "seedream-5.0-lite"  # an engine to name where there is none yet


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
def tokens(request: StudioRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, TokenForm(member=request.membership))
    form = TokenForm(request.POST, member=request.membership)
    if form.is_valid():
        return made(request, form.plan())
    return page(request, form, 422)


def made(request: StudioRequest, plan: programs.Plan) -> HttpResponse:
    """With its text. A page that is loaded again sends its form again: then the token is there already, and stays unseen."""
    try:
        token, text = programs.issue(request.membership, plan, request.user)
    except IntegrityError:
        messages.info(
            request, _("This token was made already, and its text is shown only once. If it is lost, revoke it and make a new one.")
        )
        return redirect("tokens")
    except programs.Parted:  # shown out while they wrote the form
        return redirect("compose")
    return page(request, TokenForm(member=request.membership), token=token, text=text)


@require_POST
def revoke_token(request: StudioRequest, uid: UUID) -> HttpResponse:
    revoke(request, mine(request), uid, request.user)
    return redirect("tokens")


def mine(request: StudioRequest) -> TokenSet:
    found: TokenSet = Token.objects.filter(user=request.user, team=request.team)
    return found


def page(request: StudioRequest, form: TokenForm, status: int = 200, token: Token | None = None, text: str = "") -> HttpResponse:
    context: dict[str, Any] = {"form": form, "made": token, "text": text, **listed(mine(request), request.GET.get("before", ""))}
    if token is None or token.may(Scope.GENERATE):
        context |= {"address": public_link(request, reverse("compose")) + "v1", "engine": engine(request)}
    return render(request, "account/tokens.html", context, status=status)


def engine(request: StudioRequest) -> str:
    """One that this team may use, so that what the page says works as it stands."""
    usable = (offer.engine.id for offer in offers() if request.team.uses(offer.engine.id))
    return next(usable, ANY).rpartition("/")[2]
