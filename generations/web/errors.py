"""Pages for what went wrong: what happened, and what to do. What a person typed is never thrown away."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

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
    stale = _("Your page is old. Reload it and send again, your text is kept.")
    return toast(request, stale, 403) or render(request, "web/stale.html", {"kept": kept_text(request)}, status=403)


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


def kept_text(request: HttpRequest) -> list[str]:
    fields = request.POST.items() if request.POST else []
    own = (str(value) for name, value in fields if not any(part in name.lower() for part in UNSHOWN))
    return [text[:MOST_SHOWN] for text in own if len(text.strip()) > 2]
