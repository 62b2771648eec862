"""A picture from a link: called by the studio, by the rules of the safe way out, and never handed on to a provider."""

from threading import BoundedSemaphore
from time import monotonic
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from generations.providers.download import fetch
from generations.providers.failure import Failure
from generations.providers.meter import Limits
from generations.providers.rules import Rules
from generations.uploading.unfit import Unfit

SECONDS = 12.0  # and then it is looked at: together less than anybody wants to wait
PAGES = BoundedSemaphore(3)  # slow places must not take all threads of this process
PROGRAMS = BoundedSemaphore(12)  # theirs are followed by threads of their own, and keep nobody at a page waiting
RULES = Rules()


def follow(link: str, most: int, into: BinaryIO, left: float | None = None) -> str:
    """What the file is called there. A program, which has so many seconds left, waits for others to end."""
    until, slots = monotonic() + (left or 0), PAGES if left is None else PROGRAMS
    if not slots.acquire(timeout=left or 0):
        raise Unfit(_("The studio is following other links. Try again in a moment."), 503)
    try:
        fetch(link, Limits(SECONDS if left is None else max(0.1, min(SECONDS, until - monotonic())), most), into, RULES)
    except Failure as failure:
        raise Unfit(_(failure.message).format(**failure.values)) from None
    finally:
        slots.release()
    return unquote(urlsplit(link).path)
