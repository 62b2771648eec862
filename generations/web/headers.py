"""Headers for every answer, errors and files included, and an id that joins a page with its log lines."""

import logging
import uuid
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponse]
Told = TypeVar("Told", bound=HttpResponseBase)

log = logging.getLogger("studio.request")

# One policy for all pages: nothing inline anywhere, so there is no nonce to leak and nothing to weaken page by page.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

COME_AGAIN = (503, 504)  # no place just now; not ended yet


def come_again(response: Told) -> Told:
    """A program that is told to ask again is no fault of ours: neither we nor Django write an error for it."""
    if response.status_code in COME_AGAIN:
        response.foreseen = response._has_been_logged = True  # type: ignore[attr-defined]  # the second is Django's own word
    return response


def forms_go_to() -> str:
    """Here, and by redirect to the operator's identity provider: browsers hold redirects of a form to this rule too."""
    issuer = urlsplit(settings.OIDC_ISSUER)
    return f"'self' {issuer.scheme}://{issuer.netloc}" if issuer.netloc else "'self'"


class HeadersMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", f"{POLICY}; form-action {forms_go_to()}")
        for name, value in ALWAYS.items():
            response.setdefault(name, value)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        if response.get("Content-Type", "").startswith("text/html"):
            # pages are people's own: no shared cache keeps them, and htmx fragments never stand in for a page
            response.setdefault("Cache-Control", "private, no-cache")
            response.headers["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
        if response.status_code >= 500 and not getattr(response, "foreseen", False):
            log.error("%s %s answered %s, request %s", request.method, request.path, response.status_code, request.id)  # type: ignore[attr-defined]
        return response
