"""Pages for what went wrong: what happened, and what to do. What a person typed is never thrown away."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

log = logging.getLogger("studio.errors")

# never shown again: secrets, and fields that are not the person's own words
UNSHOWN = ("csrfmiddlewaretoken", "password", "credential", "code", "secret", "key", "token", "next")
MOST_SHOWN = 20_000


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/403.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the frame, and plainly if even that fails: whatever broke may be what the page needs."""
    try:
        return render(request, "web/500.html", {"request_id": getattr(request, "id", "")}, status=500)
    except Exception:
        log.exception("The page for errors broke too.")
        return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/stale.html", {"kept": kept_text(request)}, status=403)


def kept_text(request: HttpRequest) -> list[str]:
    fields = request.POST.items() if request.POST else []
    own = (str(value) for name, value in fields if not any(part in name.lower() for part in UNSHOWN))
    return [text[:MOST_SHOWN] for text in own if len(text.strip()) > 2]
