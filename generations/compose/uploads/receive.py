"""A form with files. It is read only when the person is known, and no further than its limits."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from generations.catalogue.engine import MEGABYTE
from generations.catalogue.problem import megabytes
from generations.compose.uploads.answer import refuse
from generations.uploading.keep import MOST_BYTES, place
from generations.uploading.parcels import Parcels
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
    length = request.META.get("CONTENT_LENGTH") or "0"
    announced = int(length) if length.isdecimal() else 0
    if announced > MOST_AT_ONCE:
        sentence = _("The files have {has}; the limit is {most} at once.")
        return refuse(request, 413, sentence.format(has=megabytes(announced), most=megabytes(MOST_AT_ONCE)))
    if request.content_type not in FORMS:
        return refuse(request, 415, no_form())
    parcels = Parcels(request, MOST_BYTES)
    request.upload_handlers = [parcels]
    try:
        request.POST.keys()
    except (TooManyFieldsSent, TooManyFilesSent):
        return refuse(request, 400, _("Too many fields."))
    except RequestDataTooBig:
        return refuse(request, 413, _("Form is too large."))
    except (MultiPartParserError, UnreadablePostError):
        return refuse(request, 400, _("The form could not be read. Send it again."))
    finally:
        parcels.upload_interrupted()
    return None
