"""Room for the bodies of calls in the memory of this process. Large ones come in as others have become uploads."""

from threading import Condition
from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from generations.catalogue.engine import MEGABYTE

ALL = 192 * MEGABYTE
SMALL = MEGABYTE  # needs no room of its own
PATIENCE = 5.0  # seconds
SOON = 2
IN_LINE = max(1, settings.WEB_THREADS // 2)  # whoever else comes is told to come again: the other threads are for everybody


class Full(Exception):
    """Other large bodies are being read. Nothing was begun."""

    wait = SOON

    @property
    def sentence(self) -> str:
        return _("Other large requests are being read. Nothing was sent. Try again in a moment.")


class Room:
    def __init__(self) -> None:
        self.free, self.line, self.turn = ALL, 0, Condition()

    def take(self, size: int) -> bool:
        until = monotonic() + PATIENCE
        with self.turn:
            if self.free < size and self.line >= IN_LINE:
                return False
            self.line += 1
            try:
                came = self.turn.wait_for(lambda: self.free >= size, until - monotonic())
            finally:
                self.line -= 1
            self.free -= size if came else 0
            return came

    def give(self, size: int) -> None:
        with self.turn:
            self.free += size
            self.turn.notify_all()


ROOM = Room()


def take(request: HttpRequest, size: int) -> None:
    """Until `leave`, which whoever serves the request calls at the latest when it is answered."""
    if size <= SMALL:
        return
    if not ROOM.take(size):
        raise Full
    request.room = size  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    if size := getattr(request, "room", 0):
        request.room = 0  # type: ignore[attr-defined]
        ROOM.give(size)
