"""Pictures on the short way. A page has sixty of them, and they need nothing of what pages need but the answer to who is asking.

Only what is certain is decided here: the session is there, it is this person's with the password they have now, and the rule lets them
see the picture. All of it is read anew for every picture, so whoever was signed out, switched off or taken out of the team sees none.
Every doubt goes the long way, which knows what to say.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from generations.gallery.files import find
from generations.models import User

ADDRESS = re.compile(r"/images/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(320|640|1280)\.webp")
KEY = re.compile("[a-z0-9]{8,40}")
SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"

store = import_module(settings.SESSION_ENGINE).SessionStore()


class ExpressMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = ADDRESS.fullmatch(request.path_info) if request.method in ("GET", "HEAD") else None
        return (found and express(request, UUID(found[1]), int(found[2]))) or self.get_response(request)


def express(request: HttpRequest, uid: UUID, side: int) -> HttpResponseBase | None:
    request.get_host()  # refuses names that are not ours, as for pages
    user, proof = claim(session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))
    file = find(uid, user) if user else None
    if file is None or not constant_time_compare(proof, proof_of(file.password)):
        return None
    try:
        return file.copy(request, side)
    except Http404:
        return None


def session(key: str) -> str:
    """As it is kept; nothing where it is over, or where nobody could have got such a key from us."""
    if not KEY.fullmatch(key):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(SESSION, [key, connection.ops.adapt_datetimefield_value(timezone.now())])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@lru_cache(maxsize=4096)
def claim(data: str) -> tuple[int, str]:
    """Who it says it belongs to, and its proof. The same text always says the same, and is signed by us."""
    said = store.decode(data) if data else {}
    if said.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return 0, ""
    return int(said[SESSION_KEY]), said.get(HASH_SESSION_KEY, "")


@lru_cache(maxsize=4096)
def proof_of(password: str) -> str:
    return User(password=password).get_session_auth_hash()
