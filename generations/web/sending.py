"""A picture on its way out of the studio. Whoever may have it was asked before; here it is only about the bytes."""

import logging
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from generations.media import names
from generations.media.names import Name
from generations.media.store import store
from generations.web.pieces import send

FOREVER = "private, max-age=31536000, immutable"  # what an address stands for never changes
SECONDS = 300  # that an address of a bucket is good for, once somebody has been let through
HEADERS = {
    # whatever is in the file, it is a picture and nothing else
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Vary": "Cookie",
}

log = logging.getLogger("studio.pictures")


def answer(request: HttpRequest, name: Name, cache: str = FOREVER, seconds: int = SECONDS) -> HttpResponseBase:
    """The bytes, or whoever has them: the web server in front of us, or the bucket."""
    etag = f'"{name}"'
    if unchanged := get_conditional_response(request, etag):
        return marked(unchanged, name, etag, cache)
    if address := store().link(name, seconds):
        return elsewhere(address, seconds)
    return marked(here(request, name, etag), name, etag, cache)


def handed(request: HttpRequest, name: Name, called: str, cache: str = FOREVER) -> HttpResponseBase:
    """A file to keep, under a name. Never by a bucket's own address: that would call it by its hash."""
    etag = f'"{name}"'
    response = marked(here(request, name, etag), name, etag, cache)
    response["Content-Disposition"] = str(content_disposition_header(True, called))
    return response


def here(request: HttpRequest, name: Name, etag: str) -> HttpResponseBase:
    if settings.ACCEL:
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL}{name}"})
    try:
        return send(request, store().open(name), etag)
    except FileNotFoundError:
        log.error("%s is missing from the store", name)
        raise Http404 from None


def elsewhere(address: str, seconds: int) -> HttpResponse:
    return HttpResponseRedirect(address, headers={"Cache-Control": f"private, max-age={seconds // 2}"})


def marked(response: HttpResponseBase, name: Name, etag: str, cache: str = FOREVER) -> HttpResponseBase:
    for header, value in HEADERS.items():
        response[header] = value
    response["Cache-Control"], response["Content-Type"], response["ETag"] = cache, names.type_of(name), etag
    response["Content-Disposition"] = f'inline; filename="{Path(name).name}"'
    return response
