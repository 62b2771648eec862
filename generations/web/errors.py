"""Pages for what went wrong: what happened, and what to do. What a person typed is never thrown away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
    """Drawn without the frame: whatever broke may be what the frame needs."""
    return render(request, "web/500.html", {"request_id": getattr(request, "id", "")}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/stale.html", {"kept": kept_text(request)}, status=403)


def kept_text(request: HttpRequest) -> list[str]:
    fields = request.POST.items() if request.POST else []
    own = (str(value) for name, value in fields if not any(part in name.lower() for part in UNSHOWN))
    return [text[:MOST_SHOWN] for text in own if len(text.strip()) > 2]
