"""Pictures on the short way. A page has sixty of them, and they need nothing of what pages need but the answer to who is asking.

Who may see the picture is asked anew for every one, so whoever was taken out of the team sees none. Every doubt goes the long way.
"""

import re
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase

from generations.gallery.files import find
from generations.web.claim import claim

ADDRESS = re.compile(r"/images/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(320|640|1280)\.webp")


class ExpressMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = ADDRESS.fullmatch(request.path_info) if request.method in ("GET", "HEAD") else None
        return (found and express(request, UUID(found[1]), int(found[2]))) or self.get_response(request)


def express(request: HttpRequest, uid: UUID, side: int) -> HttpResponseBase | None:
    said = claim(request)
    file = find(uid, said.user) if said.user else None
    if file is None or not said.holds(file.password, file.signed_out):
        return None
    try:
        return file.copy(request, side)
    except Http404:
        return None
