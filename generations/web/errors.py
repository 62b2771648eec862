"""Pages for what went wrong: what happened, and what to do. What a person typed is never thrown away."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import defaults

from generations.web.addresses import came_from

log = logging.getLogger("studio.errors")

# never shown again: secrets, and fields that are not the person's own words
UNSHOWN = ("csrfmiddlewaretoken", "password", "credential", "code", "secret", "key", "token", "next")
MOST_SHOWN = 20_000
PROGRAMS = ("/v1/", "/compat/", "/api/")  # doors that say what goes wrong in their own words, unless nobody came as far as that


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    why, status = "", 400
    if isinstance(exception, RequestDataTooBig):
        why, status = _("Form is too large. Nothing was saved and nothing was charged."), 413
    elif isinstance(exception, TooManyFieldsSent):
        why = _("Too many fields. Nothing was saved and nothing was charged.")
    sentence = why or _("The studio could not read this request.")
    return toast(request, sentence, status) or render(request, "web/400.html", {"why": why}, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    why = str(exception)
    return toast(request, why or _("Your role does not reach here."), 403) or render(request, "web/403.html", {"why": why}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return toast(request, _("There is nothing here any more."), 404) or render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the frame, and plainly if even that fails: whatever broke may be what the page needs."""
    number = getattr(request, "id", "")
    broke = _("Something broke on our side. What was sent goes on by itself. Request %(number)s.") % {"number": number}
    try:
        return toast(request, broke, 500) or render(request, "web/500.html", {"request_id": number}, status=500)
    except Exception:
        log.exception("The page for errors broke too.")
        return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page older than the last sign-in. The same person's page takes the new token from the answer and sends once more (send.js)."""
    drawn_for, now = request.headers.get("X-Person"), str(request.user.pk or "")
    if drawn_for and not now and (response := signed_out(request)):
        return response
    sentence = _("Your page is old, so nothing was sent. Copy what you wrote, then reload it.")
    if drawn_for is not None and drawn_for != now:
        sentence = _("You are signed in as somebody else now, so nothing was sent. Copy what you wrote, then reload.")
    response = toast(request, sentence, 403) or render(request, "web/stale.html", kept(request), status=403)
    if drawn_for == now:
        response["X-CSRFToken"] = get_token(request)
    return response


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """What was sent cannot be done, and is not lost. A page that is only asked for is got by signing in: None."""
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        return None
    way = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': came_from(request)})}"
    said = _("You are signed out. What you wrote is kept here: sign in, then try again.")
    sentence = format_html('{} <a href="{}" target="_blank">{}</a>', said, way, _("Sign in"))
    return toast(request, sentence, 401) or render(request, "web/signed_out.html", {**kept(request), "way": way}, status=401)


def toast(request: HttpRequest, sentence: str, status: int) -> HttpResponse | None:
    """For htmx: the page stays as it is, with everything typed into it, and says what happened. Programs get no page either."""
    if request.path_info.startswith(PROGRAMS):
        told = {
            "message": sentence,
            "type": "server_error" if status >= 500 else "invalid_request_error",
            "param": None,
            "code": str(status),
        }
        return JsonResponse({"error": told, "request_id": getattr(request, "id", "")}, status=status)
    if not getattr(request, "htmx", False):
        return None
    # not through the session's messages: it may be the session that is broken
    shown = [{"message": sentence, "level_tag": "error"}]
    response = render(request, "web/_toasts.html", {"messages": shown}, status=status)
    response["HX-Reswap"] = "none"
    return response


def kept(request: HttpRequest) -> dict[str, Any]:
    """What somebody typed, and the page where they did."""
    own = (str(value) for name, value in request.POST.items() if not any(part in name.lower() for part in UNSHOWN))
    return {"kept": [text[:MOST_SHOWN] for text in own if len(text.strip()) > 2], "page": came_from(request)}
