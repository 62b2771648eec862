"""Every error of the API has one shape, whatever went wrong and wherever: a program never finds a page of ours in its hands."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from generations.api.said import sentence
from generations.api.shapes import Shape
from generations.calling.caller import Unwelcome
from generations.calling.room import Full
from generations.calling.waiting import Crowded
from generations.catalogue.problem import Problem
from generations.pipeline.start import KeyUsed, Refused
from generations.uploading.unfit import Unfit
from generations.web.headers import come_again

log = logging.getLogger("studio.api")

TYPES = {
    400: "invalid_request",
    401: "authentication",
    403: "permission",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "changed",
    413: "too_large",
    415: "unsupported_type",
    422: "refused",
    429: "too_many",
    500: "studio",
    503: "busy",
}


class ProblemShape(Shape):
    field: str = Field(description="Which field, with dots between parts of it; empty for the request as a whole.", examples=["images"])
    message: str = Field(examples=["Seedream 5.0 Lite makes 1 to 15 images."])


class Error(Shape):
    message: str = Field(description="What happened and what to do, in the language of Accept-Language: English or Chinese.")
    type: str = Field(description=f"One of: {', '.join(TYPES.values())}.", examples=["refused"])
    code: str = Field(description="The same, more exactly; stable, for programs to decide by.", examples=["refused"])
    param: str | None = Field(description="The first field that is wrong.", examples=["images"])
    problems: list[ProblemShape] = Field(description="All that is wrong, so that one round is enough to mend it.")


class Fault(Shape):
    error: Error
    request_id: str = Field(description="Also in X-Request-ID; the operator finds it in the log.", examples=["5b0c2f6a91de"])


class Wrong(Exception):
    """It cannot be done as it was asked. Nothing was written and nothing was charged."""

    def __init__(
        self, status: int, message: str, code: str = "", problems: Sequence[tuple[str, str]] = (), wait: int | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.problems, self.wait = status, message, code, problems, wait


def answer(request: HttpRequest, wrong: Wrong) -> HttpResponse:
    number = getattr(request, "id", "")
    problems = [{"field": field, "message": message} for field, message in wrong.problems]
    said = {
        "message": wrong.message,
        "type": TYPES.get(wrong.status, "invalid_request"),
        "code": wrong.code or TYPES.get(wrong.status, "invalid_request"),
        "param": next((one["field"] for one in problems if one["field"]), None),
        "problems": problems,
    }
    response = JsonResponse({"error": said, "request_id": number}, status=wrong.status)
    if wrong.wait is not None:
        response["Retry-After"] = str(wrong.wait)
    return come_again(response)


# --- what was raised, as one of them ---


def read(raised: Exception) -> Wrong:
    if isinstance(raised, HttpError) and isinstance(raised.__cause__, Wrong):
        return raised.__cause__  # ninja's word for a body that our own parser refused
    if isinstance(raised, Wrong):
        return raised
    return ours(raised) or usual(raised) or Wrong(500, _("Something broke on our side. What was sent before goes on by itself."))


def ours(raised: Exception) -> Wrong | None:
    match raised:
        case Unwelcome():
            return Wrong(raised.status, raised.sentence, raised.code, wait=raised.wait)
        case Refused():
            return refused(raised.problems)
        case KeyUsed():
            return Wrong(422, raised.sentence, "key_used")
        case Unfit():
            return Wrong(raised.status, str(raised), "reference", [("references", str(raised))])
        case Crowded():
            return Wrong(429, raised.sentence, "crowded", wait=raised.wait)
        case Full():
            return Wrong(503, raised.sentence, wait=raised.wait)
    return None


def usual(raised: Exception) -> Wrong | None:
    match raised:
        case ValidationError():
            return misshapen(raised.errors)
        case HttpError():
            return Wrong(raised.status_code, raised.message)
        case PermissionDenied():
            return Wrong(403, str(raised) or _("Your role does not reach here."))
        case Http404():
            return Wrong(404, _("There is nothing here with this name, or it is not for this token."))
        case RequestDataTooBig():
            return Wrong(413, _("The body is too large. Nothing was saved and nothing was charged."))
    return None


def misshapen(errors: Iterable[dict[str, Any]]) -> Wrong:
    problems = [(field(one["loc"]), sentence(one["type"], one.get("ctx", {}), one["msg"])) for one in errors]
    return Wrong(422, summary(problems), "invalid", problems)


def field(place: Sequence[Any]) -> str:
    """ninja names where it looked first, and for what has parts also our own word for it."""
    own = place[0] == "body" or (len(place) > 2 and isinstance(place[2], str))
    return ".".join(str(part)[:100] for part in place[2 if own else 1 :])


def refused(problems: Iterable[Problem]) -> Wrong:
    told = [(problem.field, _(problem.message).format(**problem.values)) for problem in problems]
    return Wrong(422, summary(told), "refused", told)


def summary(problems: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{name}: {message}" if name else message for name, message in problems[:3])


def caught(request: HttpRequest, raised: Exception) -> HttpResponse:
    wrong = read(raised)
    if wrong.status == 500:
        log.error("%s %s broke, request %s", request.method, request.path, getattr(request, "id", ""), exc_info=raised)
    return answer(request, wrong)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = answer(request, Wrong(405, _("%(method)s is not done here: %(allowed)s.") % {"method": request.method, "allowed": allowed}))
    response["Allow"] = allowed
    return response
