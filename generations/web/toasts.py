"""Messages reach the page either way: drawn with a full page, or added to the region of toasts after a fragment."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class ToastMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and is_fragment(response) and (messages := list(get_messages(request))):
            response.content += render_to_string("web/_toasts.html", {"messages": messages}, request).encode()
        return response


def is_fragment(response: HttpResponse) -> bool:
    if response.streaming or "HX-Redirect" in response or response.status_code in (204, 304) or 300 <= response.status_code < 400:
        return False
    return response.get("Content-Type", "").startswith("text/html")
