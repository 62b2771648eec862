"""While a backup is made, nothing is thrown away: what its copy of the database names has to be there when its file is copied.

Whoever throws something away holds the lock together with the others who do; a backup holds it alone. Where no lock can be had, as
on some network disks, nobody is held up.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings


@contextmanager
def still() -> Iterator[None]:
    """For a backup. It waits until whoever throws something away just now is done."""
    with place().open("a") as lock:
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def clearing() -> Iterator[bool]:
    """False: a backup is being made. What should go is found again by those who tidy up."""
    try:
        lock = place().open("a")
    except OSError:
        yield True
        return
    with lock:
        yield shared(lock.fileno())


def shared(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def place() -> Path:
    return Path(settings.DATA) / "still.lock"
