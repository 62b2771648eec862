"""“Is there anything newer?”, on the short way where there is not: every open gallery asks now and then.

Who asks, and in which team, is read anew each time. Every doubt goes the long way, and so does everything that there is to tell.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from generations.gallery.news import Shown, newer
from generations.web.asker import asker
from generations.web.filters import Filter

ADDRESS = "/gallery/news/"


class StillMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return (request.path_info == ADDRESS and request.method == "GET" and still(request)) or self.get_response(request)


def still(request: HttpRequest) -> HttpResponse | None:
    tag = request.headers.get("If-None-Match")
    if not tag or request.headers.get("HX-Request") != "true":
        return None
    who, shown = asker(request), Shown.read(tag)
    if who is None or len(newer(who, Filter.read(request.GET), shown)) != shown.told:
        return None
    return HttpResponseNotModified()
