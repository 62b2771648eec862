from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from generations.account.forms import MailsForm, ProfileForm
from generations.models import User
from generations.web.addresses import safe_next
from generations.web.frame import THEME_COOKIE, THEMES
from generations.web.requests import StudioRequest
from generations.web.team import without_team

YEAR = 365 * 24 * 3600


@without_team
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: StudioRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account")
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "mails": MailsForm(person=request.user, memberships=request.memberships),
        "factors": factors,
        "oidc": settings.OIDC_ISSUER and settings.OIDC_NAME,
    }
    return render(request, "account/page.html", context, status=422 if form.errors else 200)


@without_team
@require_POST
def mails(request: StudioRequest) -> HttpResponse:
    form = MailsForm(request.POST, person=request.user, memberships=request.memberships)
    if not form.is_valid():
        raise SuspiciousOperation("Somebody made up an event.")
    form.save()
    messages.success(request, _("Saved."))
    return redirect("account")


@login_not_required
@without_team
@require_POST
def preferences(request: Any) -> HttpResponse:
    """Theme and language: kept in the browser for strangers, and with the person once they are signed in."""
    wanted = {"theme": request.POST.get("theme"), "language": request.POST.get("language")}
    offered = {"theme": THEMES, "language": [code for code, _name in settings.LANGUAGES]}
    chosen = {name: value for name, value in wanted.items() if value in offered[name]}
    if chosen and request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**chosen)
    response = HttpResponse(status=204) if request.htmx and "language" not in chosen else redirect(safe_next(request, "compose"))
    cookies = {"theme": THEME_COOKIE, "language": settings.LANGUAGE_COOKIE_NAME}
    for name, value in chosen.items():
        response.set_cookie(cookies[name], value, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    return response
