"""The team a person works in: the last one chosen, or else the first they belong to."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from generations.access import teams_of
from generations.models import Membership, User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

TEAMLESS = "teamless"  # views marked with @without_team work for people who are in no team yet


def without_team(view: View) -> View:
    setattr(view, TEAMLESS, True)
    return view


class TeamMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.memberships, request.team, request.membership = [], None, None  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            choose(request, request.user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponse | None:
        ours = getattr(view, "__module__", "").startswith("generations.")
        if not ours or getattr(view, TEAMLESS, False) or request.membership or not request.user.is_authenticated:  # type: ignore[attr-defined]
            return None
        return render(request, "team/none.html", status=403)


def working(memberships: Iterable[Membership], last: int | None) -> Membership:
    """Where they worked last, or else where they came in first."""
    return min(memberships, key=lambda one: (one.team_id != last, one.pk))


def choose(request: Any, user: User) -> None:
    request.memberships = teams_of(user)
    if request.memberships:
        request.membership = working(request.memberships, user.team_id)
        request.team = request.membership.team
    if user.language and user.language != translation.get_language():
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
