"""Links that leave the page (in letters, to copy) and ways back into it."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def public_link(request: HttpRequest, path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Where the form says to go next, as long as it stays in the studio."""
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if inside else reverse(fallback)


def came_from(request: HttpRequest) -> str:
    """The page that a form stood on: unlike the address of the form itself, it can be opened."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    inside = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if inside else reverse("compose")
