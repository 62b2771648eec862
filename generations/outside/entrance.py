"""The way in for people outside: nobody signs in here, and a link is as good as its token, its days and its password."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import check_password
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from generations.models import Share
from generations.outside.pocket import PASS, VISIT, Link
from generations.web.team import without_team

Door = Callable[..., HttpResponseBase]

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
LONGEST = 128  # letters of a password
LIMIT = "share_password"  # in ACCOUNT_RATE_LIMITS


def outside(view: Door) -> Door:
    """For whoever has a link that works. Why one does not, nobody is told."""

    @login_not_required
    @without_team
    @csrf_exempt  # a page that sends no referrer sends no origin either, so Django would refuse its forms: `own` looks instead
    @wraps(view)
    def opened(request: HttpRequest, token: str = "", **options: Any) -> HttpResponseBase:
        own(request)
        link = find(token)
        try:
            response = view(request, link, **options) if link else gone(request)
        except Http404:
            response = gone(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return opened


def find(token: str) -> Link | None:
    share = Share.objects.working().by_token(token).select_related("team").first()
    return Link(share, token) if share else None


def own(request: HttpRequest) -> None:
    """A form of another site's: browsers say where one comes from, and do not send our cookies along either."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDenied(_("This form came from another site."))


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/gone.html", status=404)


def unlocked(request: HttpRequest, link: Link) -> bool:
    return not link.share.password or bool(PASS.get(request, link))


def ask(request: HttpRequest, link: Link, wrong: str = "", status: int = 200) -> HttpResponse:
    return render(request, "outside/password.html", {"address": link.address, "wrong": wrong}, status=status)


def knock(request: HttpRequest, link: Link) -> HttpResponse:
    """As at sign-in: five wrong passwords, and the link waits."""
    response: HttpResponse = redirect(link.address)
    if unlocked(request, link):
        return response
    key = str(link.share.pk)
    if not ratelimit.consume(request, action=LIMIT, key=key):
        return ask(request, link, _("Too many wrong passwords. Nobody can try this link again for 5 minutes."), 429)
    said = request.POST.get("password", "").strip()
    if len(said) > LONGEST or not check_password(said, link.share.password):
        return ask(request, link, _("This is not the password of this link."), 422)
    ratelimit.clear(request, action=LIMIT, key=key)
    PASS.put(response, link)
    return response


def greet(request: Any, link: Link, response: HttpResponse) -> HttpResponse:
    """Counts a visit once. Programs that only ask whether there is something, and the team itself, do not count."""
    ours = any(one.team_id == link.share.team_id for one in request.memberships)
    if request.method != "GET" or ours:
        return response
    if not VISIT.get(request, link):
        Share.objects.filter(pk=link.share.pk).update(visits=F("visits") + 1, visited_at=timezone.now())
    VISIT.put(response, link)
    return response
