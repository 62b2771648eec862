"""The body of a call, read once its token is known to be good: no more than may be, strictly, and not many large ones at once."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from generations.calling import room
from generations.calling.sieve import Sieve, TooLarge, Unreadable
from generations.catalogue.engine import MEGABYTE
from generations.catalogue.problem import megabytes
from generations.compat.denial import Denial, Why
from generations.dialects.wire import Received
from generations.uploading.keep import MOST_BYTES, refuse_heavy
from generations.uploading.parcels import Parcels

MOST = 188 * MEGABYTE  # fourteen references of 10 MB in base64, which upstream takes, and some words
WORDS = 1 * MEGABYTE
CHUNK = 64 * 1024
PATIENCE, SLOWEST = 30.0, MEGABYTE // 2  # seconds, and bytes in each further one
BODILESS = ("GET", "HEAD")
FORM = "multipart/form-data"


def receive(request: HttpRequest, path: str) -> Received:
    named = {name.lower(): value for name, value in request.headers.items()}
    received = Received(str(request.method), path, named, request.GET.dict())
    if request.method in BODILESS:
        return received
    room.take(request, announced(request))
    if request.content_type == FORM:
        return in_form(request, received)
    return Received(received.method, path, named, received.query, json=in_json(request))


def announced(request: HttpRequest) -> int:
    """As large as may be, where nobody says how large it is."""
    told = request.META.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isascii() and told.isdecimal() and len(told) < 20 else MOST
    if length > MOST:
        raise Denial(
            Why.LARGE, _("The body has {has}; the limit is {most}. Nothing was sent.").format(has=megabytes(length), most=megabytes(MOST))
        )
    return length


def in_json(request: HttpRequest) -> Any:
    sieve = Sieve(WORDS, MOST_BYTES)
    try:
        for chunk in chunks(request):
            sieve.feed(chunk)
        return sieve.value()
    except TooLarge as found:
        if found.picture:
            refuse_heavy(MOST_BYTES + 1)
        sentence = _("The body has more than {most} besides its pictures. Nothing was sent.")
        raise Denial(Why.LARGE, sentence.format(most=megabytes(WORDS))) from None
    except Unreadable:
        if request.content_type not in ("", "application/json"):
            raise Denial(Why.TYPE, _("This takes JSON: send it with Content-Type: application/json.")) from None
        return None  # the dialect then says what it needs


def chunks(request: HttpRequest) -> Iterator[bytes]:
    length, began = 0, monotonic()
    try:
        while chunk := request.read(CHUNK):
            length += len(chunk)
            if length > MOST:
                raise Denial(Why.LARGE, _("The body is larger than {most}. Nothing was sent.").format(most=megabytes(MOST)))
            if monotonic() - began > PATIENCE + length / SLOWEST:
                raise broken()
            yield chunk
    except OSError:
        raise broken() from None


def broken() -> Denial:
    return Denial(Why.REQUEST, _("The body broke off. Nothing was sent and nothing was charged."))


def in_form(request: HttpRequest, received: Received) -> Received:
    """Files go to the disk as they come, as with the pages' own forms."""
    parcels = Parcels(request, MOST_BYTES)
    request.upload_handlers = [parcels]
    try:
        fields = tuple((name, text) for name, texts in request.POST.lists() for text in texts)
        files = tuple((name, read(file)) for name, found in request.FILES.lists() for file in found)
    except (TooManyFieldsSent, TooManyFilesSent):
        raise Denial(Why.REQUEST, _("Too many fields.")) from None
    except RequestDataTooBig:
        raise Denial(Why.LARGE, _("Form is too large.")) from None
    except (MultiPartParserError, UnreadablePostError):
        raise Denial(Why.REQUEST, _("The form could not be read. Send it again.")) from None
    finally:
        parcels.upload_interrupted()
    return Received(received.method, received.path, received.headers, received.query, fields=fields, files=files)


def read(file: Any) -> bytes:
    refuse_heavy(file.size)
    return bytes(file.read())
