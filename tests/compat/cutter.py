"""A connection that breaks: stands between a program and the studio, and hangs up on the first calls."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep

HASTE = 0.4  # seconds after which it hangs up, where it is not the answer that gets lost


class Cutter:
    def __init__(self, port: int, cuts: int, answers: bool) -> None:
        self.port, self.cuts, self.answers, self.calls = port, cuts, answers, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                program, _address = self.listener.accept()
                self.calls += 1
                Thread(target=self.serve, args=(program, self.calls <= self.cuts), daemon=True).start()

    def serve(self, program: socket.socket, cut: bool) -> None:
        studio = socket.create_connection(("127.0.0.1", self.port))
        Thread(target=pump, args=(program, studio), daemon=True).start()
        if cut and self.answers:
            studio.recv(1)  # the answer was written, and nobody hears it
        elif cut:
            sleep(HASTE)
        else:
            pump(studio, program)
        hang_up(program)
        hang_up(studio)


def pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        for piece in iter(lambda: one.recv(65536), b""):
            other.sendall(piece)


def hang_up(plug: socket.socket) -> None:
    with suppress(OSError):
        plug.shutdown(socket.SHUT_RDWR)
    plug.close()


@contextmanager
def cutter(port: int, cuts: int = 1, answers: bool = False) -> Iterator[Cutter]:
    found = Cutter(port, cuts, answers)
    yield found
    found.listener.close()


def together(*works: Callable[[], object]) -> list[object]:
    """What each came to, all begun at one moment."""
    found: list[object] = [None] * len(works)

    def work(place: int) -> None:
        found[place] = works[place]()

    threads = [Thread(target=work, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
