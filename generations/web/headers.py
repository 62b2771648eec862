"""Headers for every answer, errors and files included, and an id that joins a page with its log lines."""

import logging
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

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
        if response.status_code >= 500:
            log.error("%s %s answered %s, request %s", request.method, request.path, response.status_code, request.id)  # type: ignore[attr-defined]
        return response
