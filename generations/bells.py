"""Bells between the processes of one machine: look now, rather than when it is time to look.

Each is a datagram to sockets in a folder of the studio's. It is only ever a hint: rows are the truth, so one that is lost, or that nobody
on another machine can hear, costs the time until somebody looks anyway. Ringing never waits, and never fails.
"""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Thread
from time import sleep

from django.conf import settings
from django.db import transaction

WORK, END = "work", "end"  # for drivers: there is something to take. For those who wait: the generation with this number has ended
LONGEST = 32
REST = 1.0  # seconds, for an ear that is being closed and has not heard so


def ring(kind: str, word: object = "") -> None:
    """Once what we are writing has been committed."""
    transaction.on_commit(lambda: strike(kind, word), robust=True)  # no partial: see jobs.py


def strike(kind: str, word: object = "") -> None:
    poke(*folder().glob(f"{kind}-*"), word=str(word).encode())


def poke(*paths: Path, word: bytes = b"") -> None:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
            plug.setblocking(False)
            for path in paths:
                send(plug, path, word)
    except OSError:
        pass


def send(plug: socket.socket, path: Path, word: bytes) -> None:
    try:
        plug.sendto(word, str(path))
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)  # whoever listened there was killed
    except OSError:
        pass  # it has been rung so often that once more makes no difference


def folder() -> Path:
    return Path(settings.DATA) / "bells"


class Bell:
    """Ours to hear. Where none can be hung, as in a folder whose path is too long, it is never heard."""

    def __init__(self, kind: str) -> None:
        self.path = folder() / f"{kind}-{os.getpid()}-{token_hex(3)}"
        self.plug: socket.socket | None = None
        self.hung = False
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            self.plug = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self.plug.bind(str(self.path))
            self.hung = True
        except OSError:
            self.close()

    def hear(self, patience: float) -> str | None:
        """The next word, if one comes within so many seconds."""
        if not self.plug or not self.hung:
            sleep(max(patience, 0.001))
            return None
        self.plug.settimeout(max(patience, 0.001))
        try:
            return self.plug.recv(LONGEST).decode(errors="replace")
        except OSError:
            return None

    def close(self) -> None:
        if self.plug:
            self.plug.close()
        if self.hung:
            self.path.unlink(missing_ok=True)


class Ear:
    """A thread that hears one bell, for somebody who is busy with something else. Without a bell or a thread, nothing is heard."""

    def __init__(self, kind: str, heard: Callable[[], None]) -> None:
        self.bell, self.heard, self.open = Bell(kind), heard, True
        self.thread = Thread(target=self.listen, name="ear", daemon=True)
        with suppress(RuntimeError):
            if self.bell.hung:
                self.thread.start()

    def listen(self) -> None:
        while self.open:
            if self.bell.hear(REST) is not None:
                self.heard()

    def close(self) -> None:
        self.open = False
        poke(self.bell.path)
        if self.thread.is_alive():
            self.thread.join()
        self.bell.close()
