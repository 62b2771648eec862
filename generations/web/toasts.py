"""Messages reach the page either way: drawn with a full page, or added to the region of toasts after a fragment."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

AWAY = ("HX-Redirect", "HX-Refresh")  # a page comes next, and says it


class ToastMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and is_fragment(response) and (messages := list(get_messages(request))):
            response.content += render_to_string("web/_toasts.html", {"messages": messages}, request).encode()
        return response


def is_fragment(response: HttpResponse) -> bool:
    away = any(way in response for way in AWAY) or 300 <= response.status_code < 400
    if response.streaming or away or response.status_code == 204:
        return False
    return response.get("Content-Type", "").startswith("text/html")
