"""How every drop-in door takes a call: who is it, what is asked, what becomes of it, told in the dialect that the door speaks."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from time import time
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from generations.calling import room
from generations.calling.caller import Caller
from generations.calling.entry import enter
from generations.calling.line import gone
from generations.calling.ordering import answered
from generations.calling.outcome import Outcome
from generations.calling.waiting import ended
from generations.calling.wish import Wish
from generations.compat import body
from generations.compat.denial import Denial, Why, judge, misread, read
from generations.dialects.dialect import Asked, Dialect
from generations.dialects.outcome import Finished, Pending, Trouble
from generations.dialects.wire import Answer, Received
from generations.models import Generation, Scope
from generations.web.headers import come_again
from generations.web.team import without_team

log = logging.getLogger("studio.compat")

View = Callable[..., HttpResponseBase]
Told = TypeVar("Told", bound=HttpResponseBase)
PLAIN = re.compile(r"[\w.\[\]-]{1,64}", re.ASCII)
MOST_NAMED = 20
HUNG_UP = 499
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KEY = re.compile(r"[\x21-\x7e]{1,255}")
MADE_BY_ARK = re.compile(r"[0-9]{14}[0-9A-Za-z]{20}")


@dataclass(frozen=True)
class Door:
    """Which dialect is spoken where, and how it says no."""

    dialect: Dialect
    deny: Callable[[Denial], Answer]
    prefix: str = ""  # what stands before the provider's own paths
    naked: bool = False  # the key comes without the word Bearer
    knows: frozenset[str] = frozenset()  # fields; others are reported as ignored


def serves(door: Door, *methods: str) -> Callable[[View], View]:
    """Makes a view of a door: whatever is raised in it is told in the door's words, never as a page."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @without_team
        @wraps(view)
        def served(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            response: HttpResponseBase
            try:
                if request.method not in methods:
                    raise Denial(Why.METHOD, _("%(method)s is not done here: %(allowed)s.") % figures(request, methods))
                response = view(request, *args, **options)
            except Gone:
                response = HttpResponse(status=HUNG_UP)
            except Exception as raised:
                response = denied(door, request, raised)
            finally:
                room.leave(request)
            if response.status_code == Why.METHOD.value.status:
                response["Allow"] = ", ".join(methods)
            response["Cache-Control"] = "no-store"
            return come_again(response)

        return served

    return decorate


def nothing(door: Door) -> View:
    """For every other address below a door."""

    def told(request: HttpRequest, **options: Any) -> HttpResponse:
        raise Denial(Why.NOTHING, _("There is nothing at %(method)s %(path)s.") % {"method": request.method, "path": request.path[:200]})

    return serves(door, *METHODS)(told)


def figures(request: HttpRequest, methods: Iterable[str]) -> dict[str, str]:
    return {"method": str(request.method), "allowed": ", ".join(methods)}


def denied(door: Door, request: HttpRequest, raised: Exception) -> HttpResponse:
    denial = read(raised)
    if denial is None:
        number = getattr(request, "id", "")
        log.error("%s %s broke, request %s", request.method, request.path, number, exc_info=raised)
        sentence = _("Something broke on our side. What was sent goes on by itself. Request %(number)s.") % {"number": number}
        denial = Denial(Why.BROKE, sentence)
    response = passed(door.deny(denial))
    response["X-Should-Retry"] = "true" if denial.why.value.again else "false"
    if denial.wait is not None:
        response["Retry-After"] = str(denial.wait)
    if denial.generation:
        named(response, denial.generation)
        return hand_over(response, denial.generation if ended(denial.generation) else None, request)
    return response


def passed(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    return response


# --- what came in ---


def come_in(door: Door, request: HttpRequest, scope: Scope, instead: Scope | None = None) -> Caller:
    """Before a byte of the body is read."""
    caller = enter(request, scope, door.naked, instead)
    request.caller = caller  # type: ignore[attr-defined]  # whom addresses of pictures are for
    return caller


def receive(door: Door, request: HttpRequest) -> Received:
    """Addressed as the provider itself is."""
    return body.receive(request, request.path.removeprefix(door.prefix))


def read_request(door: Door, received: Received) -> Asked:
    asked = door.dialect.read_request(received)
    if isinstance(asked, Trouble):
        raise misread(asked)
    return asked


def wish(door: Door, received: Received, asked: Asked) -> Wish:
    headers = received.headers
    again = headers.get("x-stainless-retry-count", "0").strip() not in ("", "0")
    return Wish(asked, door=door.dialect.NAME, key=key(received) or asked.key, again=again)


def key(received: Received) -> str:
    """What a program calls this request by, so that its next try is the same."""
    given = received.headers.get("idempotency-key", "").strip()
    named = received.headers.get("x-client-request-id", "").strip()
    found = given or ("" if by_ark(received) else named)
    if found and not KEY.fullmatch(found):
        raise Denial(Why.REQUEST, _("An Idempotency-Key has 1 to 255 visible ASCII characters."), "Idempotency-Key")
    return found


def by_ark(received: Received) -> bool:
    """Its SDK names each try anew: that name says nothing."""
    return bool(MADE_BY_ARK.fullmatch(received.headers.get("x-client-request-id", "").strip()))


def ignored(door: Door, received: Received) -> list[str]:
    """Fields that this door does not know. What is null is as if it were not there."""
    given = received.json if isinstance(received.json, dict) else dict([*received.fields, *received.files])
    return [name for name, value in given.items() if value is not None and name not in door.knows]


# --- what goes out ---


class Gone(Exception):
    """Whoever asked has hung up: what is said now nobody hears."""


class Handover(HttpResponse):
    """The end of a generation, on its way to whoever asked. It is told when its last byte has been taken."""

    generation: Generation | None = None
    asked_by: HttpRequest | None = None

    def __iter__(self) -> Iterator[bytes]:
        heard = not (self.asked_by and gone(self.asked_by))
        yield from super().__iter__()
        if self.generation and heard:
            answered(self.generation)


def tell(door: Door, asked: Asked, generation: Generation, outcome: Outcome, request: HttpRequest | None = None) -> HttpResponse:
    """Pictures or a task in the dialect's words. What came to nothing is raised."""
    if isinstance(outcome, Pending):
        raise TypeError("It has not ended.")
    if isinstance(outcome, Trouble):
        raise judge(outcome).about(generation)
    answer = door.dialect.write_answer(lighter(asked), outcome, int(time()))
    return hand_over(passed(answer), generation if isinstance(outcome, Finished) else None, request)


def hand_over(response: HttpResponse, generation: Generation | None, request: HttpRequest | None = None) -> HttpResponse:
    handed = Handover(response.content, status=response.status_code, headers=dict(response.headers))
    handed.generation, handed.asked_by = generation, request
    return handed


def named(response: Told, generation: Generation, left_out: Iterable[str] = ()) -> Told:
    response["X-Generation"] = str(generation.uid)
    if names := [name for name in left_out if PLAIN.fullmatch(name)][:MOST_NAMED]:
        response["X-Ignored-Fields"] = ", ".join(names)
    return response


def lighter(asked: Asked) -> Asked:
    """Without the bytes of its references: nobody needs them once they are uploads."""
    return replace(asked, references=())
