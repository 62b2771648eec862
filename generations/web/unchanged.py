"""What every open page asks again and again is answered on the short way where nothing has come; all else goes the long way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified


class UnchangedMiddleware:
    address = ""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.path_info == self.address and request.method == "GET" and request.headers.get("HX-Request") == "true"
        tag = request.headers.get("If-None-Match") if asked else None
        return HttpResponseNotModified() if tag and self.unchanged(request, tag) else self.get_response(request)

    def unchanged(self, request: HttpRequest, tag: str) -> bool:
        """For certain, of what the page says that it shows."""
        raise NotImplementedError
