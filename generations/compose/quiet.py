"""Polls of which nothing came, on the short way: every open page asks every other second, and hardly ever has anything changed.

Who asks, in which team and as what is read anew for each. Wherever that is in doubt, or something has changed, the feed itself answers.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from generations.compose.feed import number
from generations.compose.news import Seen, news
from generations.compose.sieve import Sieve
from generations.compose.watched import Onlooker
from generations.models import Role
from generations.web.asker import asker

ADDRESS = "/feed/"


class QuietMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return (request.path_info == ADDRESS and request.method == "GET" and quiet(request)) or self.get_response(request)


def quiet(request: HttpRequest) -> HttpResponse | None:
    tag, whose = request.headers.get("If-None-Match"), request.GET.get("whose")
    if not tag or whose not in ("mine", "team") or Sieve.named(request.GET) or request.headers.get("HX-Request") != "true":
        return None
    who = asker(request)
    if who is None:
        return None
    onlooker = Onlooker(who.user.pk, who.team.pk, who.membership.may(Role.ADMIN), whose == "mine")
    return None if news(onlooker, Seen.read(tag), number(request.GET.get("before", ""))) else HttpResponseNotModified()
