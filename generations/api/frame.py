"""The frame of our own JSON API: a token for every operation, one shape for every error, and what its description says of each.

An operation is a function with `@operation(...)` over it; `routes()` gives the addresses to `urls.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from generations.api import errors
from generations.api.bodies import MOST, Strict, take_in
from generations.calling import room
from generations.calling.caller import Caller
from generations.calling.entry import enter
from generations.models import Scope
from generations.web.team import without_team

Doer = TypeVar("Doer", bound=Callable[..., Any])

ALWAYS = (401, 403, 422, 429)  # what any operation may answer


class ApiRequest(HttpRequest):
    """After the token was looked at: who calls, for which team."""

    id: str
    auth: Caller
    stay: ExitStack  # what it holds until it is answered
    placed: bool  # at a place for those who wait


@dataclass(frozen=True)
class Key:
    """The token of every operation, and what it must be good for."""

    scope: Scope
    most: int  # bytes of a body; 0: whoever does it reads it
    instead: Scope | None = None  # will do as well
    openapi_security_schema = {"type": "http", "scheme": "bearer", "description": "A studio token: Authorization: Bearer sk-studio-…"}

    def __call__(self, request: HttpRequest) -> Caller:
        caller = enter(request, self.scope, instead=self.instead)
        request.caller = caller  # type: ignore[attr-defined]  # as the other doors for scripts keep it
        if self.most:
            take_in(request, self.most)
        return caller


Key.__name__ = "Token"  # as the description calls it


@dataclass(frozen=True)
class Example:
    """What the docs page shows and the tests send."""

    answer: Any
    body: Any = None
    query: str = ""
    path: str = ""  # the address with its parts filled in
    later: Any = None  # what 202 answers
    media: str = ""  # of an answer that is a file


api = NinjaAPI(
    title="Seedbed",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=Strict(),
)
api.exception_handler(Exception)(errors.caught)
for kind in (ValidationError, HttpError, Http404):  # ninja has handlers of its own for these
    api.exception_handler(kind)(errors.caught)


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    scope: Scope,
    name: str,
    gives: Any,
    example: Example,
    may: tuple[int, ...] = (),
    most: int = MOST,
    takes: Mapping[str, Any] | None = None,
    instead: Scope | None = None,
) -> Callable[[Doer], Doer]:
    """`name` is the address's in Django, one for all methods at it; `gives` a shape, or shapes by status; `may` more errors it has;
    `takes` the shapes of bodies that it reads itself, by their kinds; `instead` the scope that will do as well.

    The docstring is what the docs say: its first line the heading, the rest below.
    """
    answers = gives if isinstance(gives, dict) else {200: gives}
    faults = {*ALWAYS, *may, *((400, 413, 415) if example.body is not None else ())}

    def decorate(doer: Doer) -> Doer:
        heading, _blank, more = (doer.__doc__ or "").strip().partition("\n")
        return router.api_operation(
            [method],
            path,
            auth=Key(scope, most, instead),
            response={**answers, **dict.fromkeys(sorted(faults), errors.Fault)},
            operation_id=doer.__name__,
            url_name=name,
            summary=heading.rstrip("."),
            description=" ".join(more.split()),
            openapi_extra={"x-scopes": [one.value for one in (scope, instead) if one], "x-example": example, **bodies(takes)},
        )(doer)

    return decorate


def bodies(takes: Mapping[str, Any] | None) -> dict[str, Any]:
    content = {kind: {"schema": dict(schema)} for kind, schema in (takes or {}).items()}
    return {"requestBody": {"content": content, "required": True}} if content else {}


# --- the addresses ---

View = Callable[..., HttpResponseBase]


def routes() -> Iterator[URLPattern]:
    """Ninja's own, each behind the same guard."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            yield URLPattern(pattern.pattern, guard(pattern.callback), name=pattern.name)


def guard(view: View) -> View:
    """No session, no form's token; every answer is a program's own."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **parts: Any) -> HttpResponseBase:
        with ExitStack() as request.stay:
            request.placed = False
            request.stay.callback(room.leave, request)
            response = view(request, *args, **parts)
        if response.status_code == 405:
            response = errors.not_allowed(request, response["Allow"])
        response.setdefault("Cache-Control", "no-store")
        return response

    guarded.__module__ = __name__
    return login_not_required(without_team(csrf_exempt(guarded)))


def nothing(request: HttpRequest, **parts: Any) -> HttpResponseBase:
    """Below /api/ there are no pages, not even for errors."""
    return errors.answer(request, errors.read(Http404()))


nothing_here = guard(nothing)
