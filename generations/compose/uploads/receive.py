"""A form with files. It is read only when the person is known, and no further than its limits."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from generations.catalogue.engine import MEGABYTE
from generations.compose.uploads.answer import refuse
from generations.uploading.keep import MOST_BYTES, place
from generations.uploading.parcels import receive
from generations.uploading.unfit import Unfit
from generations.web.bodies import FORMS, no_form

MOST_AT_ONCE = 256 * MEGABYTE  # of a form without script, which sends all its files together
SOON = 2  # seconds

View = Callable[..., HttpResponse]


def with_files(view: View) -> View:
    """The middleware leaves the form alone: it would read it before anybody has asked who sends it."""
    checked = csrf_protect(view)

    @wraps(view)
    def received(request: Any, *args: Any, **options: Any) -> HttpResponse:
        try:
            with place():
                return unreadable(request) or checked(request, *args, **options)
        except Unfit as busy:
            response = refuse(request, busy.status, str(busy))
            response["Retry-After"] = SOON
            return response

    received.csrf_exempt = True  # type: ignore[attr-defined]
    return received


def unreadable(request: HttpRequest) -> HttpResponse | None:
    if request.content_type not in FORMS:
        return refuse(request, 415, no_form())
    try:
        receive(request, MOST_BYTES, MOST_AT_ONCE)
    except Unfit as unfit:
        return refuse(request, unfit.status, str(unfit))
    return None
