"""Who came in, and who tried: both stand in the journal.

A stranger who tries a thousand passwords shall not fill it: of one person, and of all addresses that nobody has here, there is one
line in five minutes, with how many tries there were since the line before.
"""

from django.core.cache import cache
from django.db import transaction

from generations import journal
from generations.journal import Deed
from generations.models import User

QUIET = 5 * 60  # seconds
REMEMBERED = 24 * 60 * 60


@transaction.atomic
def came(user: User, method: str) -> None:
    journal.write(Deed.SIGN_IN, actor=user, method=method)


def failed(user: User | None) -> None:
    name = f"sign-in-failed-{user.pk if user else 0}"
    tries = cache.get(f"{name}-tries", 0) + 1  # of two at the same moment one may be lost: it is a hint, not a count of money
    if not cache.add(name, True, QUIET):
        cache.set(f"{name}-tries", tries, REMEMBERED)
    else:
        cache.delete(f"{name}-tries")
        with transaction.atomic():
            journal.write(Deed.SIGN_IN_FAILED, subject=user or "", tries=tries)
