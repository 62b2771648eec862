"""Whoever changes keys, tokens, money or people says who they are once more, unless they did so in the last minutes."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse, HttpResponseBase

FRESH = 15 * 60  # seconds; signing in counts
SECRETS = ("key",)  # what is typed into these fields is not kept while somebody confirms who they are
LOST = "retype"  # stands in the form instead, so that the person is told

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def confirmed(view: View) -> View:
    """What was sent is kept in the session meanwhile, and done afterwards."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **options: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") or lately(request):
            return view(request, *args, **options)
        forget_secrets(request)
        if getattr(request, "htmx", False):
            return away(request)
        raise ReauthenticationRequired

    return cast(View, guarded)


def lately(request: Any) -> bool:
    """Who signs in elsewhere, and has no password and no second factor here, cannot be asked."""
    said = [one.get("at", 0) for one in get_authentication_records(request, request.user)]
    return time() - max(said, default=0) < FRESH or not get_adapter().get_reauthentication_methods(request.user)


def away(request: Any) -> HttpResponse:
    """A fragment cannot ask. The whole page goes where it is asked, and what comes back afterwards is a whole page too."""
    request.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_HX_")}
    there = suspend_request(request, get_adapter().get_reauthentication_methods(request.user)[0]["url"])
    return HttpResponse(headers={"HX-Redirect": there["Location"]})


def forget_secrets(request: Any) -> None:
    given = request.POST.copy()
    typed = [given.pop(name, [""])[-1] for name in SECRETS]
    if any(typed):
        given[LOST] = "on"
    request.POST = given
