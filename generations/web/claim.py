"""Who asks, on the short way: for answers that need nothing of what pages need but that.

The session is there, and it is this person's with the password they have now: both are read anew each time, so whoever was signed out
or switched off is nobody. Every doubt goes the long way, which knows what to say.
"""

import re
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from generations.models import User

KEY = re.compile("[a-z0-9]{8,40}")
SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"

store = import_module(settings.SESSION_ENGINE).SessionStore()


class Claim(NamedTuple):
    """What a session says; whoever finds the person asks whether it is true."""

    user: int = 0
    proof: str = ""

    def holds(self, password: str, signed_out: int) -> bool:
        return bool(self.user) and constant_time_compare(self.proof, proof_of(password, signed_out))


def claim(request: HttpRequest) -> Claim:
    request.get_host()  # refuses names that are not ours, as for pages
    return read(session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))


def session(key: str) -> str:
    """As it is kept; nothing where it is over, or where nobody could have got such a key from us."""
    if not KEY.fullmatch(key):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(SESSION, [key, connection.ops.adapt_datetimefield_value(timezone.now())])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@lru_cache(maxsize=4096)
def read(data: str) -> Claim:
    """The same text always says the same, and is signed by us."""
    said = store.decode(data) if data else {}
    if said.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return Claim()
    return Claim(int(said[SESSION_KEY]), said.get(HASH_SESSION_KEY, ""))


@lru_cache(maxsize=4096)
def proof_of(password: str, signed_out: int) -> str:
    return User(password=password, signed_out=signed_out).get_session_auth_hash()
