"""A browser that asks and counts, and costs next to nothing: it shares the machine with what it measures."""

import gzip
import re
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlencode

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass
class Line:
    """One connection, and the answer that is on its way."""

    wire: socket.socket
    status: bytes = b"200"  # of a good answer
    sent: float = 0.0
    got: bytearray = field(default_factory=bytearray)
    whole: int = 0  # bytes of the answer, once its head is there

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.whole, self.sent = 0, time.perf_counter()
        self.wire.sendall(request)

    def read(self) -> bool:
        """Whether the answer is complete."""
        piece = self.wire.recv(262_144)
        if not piece:
            raise ConnectionError("The server hung up.")
        self.got += piece
        if not self.whole and (end := self.got.find(b"\r\n\r\n")) >= 0:
            self.whole = end + 4 + self.length(end)
        return 0 < self.whole <= len(self.got)

    def length(self, end: int) -> int:
        """Of what comes after the head."""
        if self.unchanged:
            return 0
        length = LENGTH.search(self.got, 0, end)
        if length is None or not self.got.startswith(b"HTTP/1.1 " + self.status):
            raise AssertionError(bytes(self.got[:400]).decode(errors="replace"))
        return int(length[1])

    @property
    def unchanged(self) -> bool:
        return self.got.startswith(b"HTTP/1.1 304")

    @property
    def body(self) -> bytes:
        """Unpacked."""
        head, _end, body = bytes(self.got).partition(b"\r\n\r\n")
        return gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body


@dataclass(frozen=True)
class Browser:
    port: int
    cookie: str

    def request(self, path: str, **headers: str) -> bytes:
        told = {"Host": "127.0.0.1", "Cookie": self.cookie, "Accept-Encoding": "gzip", **headers}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        return "\r\n".join(lines).encode()

    def connect(self, status: bytes = b"200") -> Line:
        wire = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Line(wire, status)

    def get(self, line: Line, path: str, **headers: str) -> float:
        """Seconds until all of it was here."""
        return self.await_answer(line, self.request(path, **headers))

    def post(self, line: Line, path: str, fields: Mapping[str, str]) -> float:
        body = urlencode(fields).encode()
        told = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self.await_answer(line, self.request(path, **told).replace(b"GET", b"POST", 1) + body)

    def await_answer(self, line: Line, request: bytes) -> float:
        line.ask(request)
        while not line.read():
            pass
        return time.perf_counter() - line.sent

    def load(self, paths: Sequence[str], clients: int) -> float:
        """Everything once, over so many connections; how many a second."""
        waiting = iter([self.request(path) for path in paths])
        began = time.perf_counter()
        self.drain(waiting, clients)
        return len(paths) / (time.perf_counter() - began)

    def drain(self, waiting: Iterator[bytes], clients: int) -> None:
        with ExitStack() as after, selectors.DefaultSelector() as ready:
            for request in islice(waiting, clients):
                line = self.connect()
                after.callback(line.wire.close)
                ready.register(line.wire, selectors.EVENT_READ, line)
                line.ask(request)
            while ready.get_map():
                for key, _events in ready.select(60):
                    advance(ready, key.data, waiting)


def advance(ready: selectors.BaseSelector, line: Line, waiting: Iterator[bytes]) -> None:
    if not line.read():
        return
    if (request := next(waiting, None)) is None:
        ready.unregister(line.wire)
    else:
        line.ask(request)
