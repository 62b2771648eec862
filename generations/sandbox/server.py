"""The sandbox's own small HTTP server: standard library, one thread per connection, everything bounded."""

import logging
import socket
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, RawIOBase
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from generations.sandbox.pages import ROUTES
from generations.sandbox.wire import Answer, Refusal, Request, Route, find, refuse

CONNECTIONS = 800  # below the usual limit of 1,024 open files
WAIT = 60.0  # seconds from one answer to the end of the next request, and for taking an answer
LARGEST = 128 * 1024 * 1024  # fourteen references of several megabytes, as base64
log = logging.getLogger("seedbed.sandbox")


class Sandbox(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that hangs must not hold up the end
    request_queue_size = 512

    def __init__(self, host: str, port: int, routes: Sequence[Route] = ROUTES) -> None:
        self.routes = routes
        self.seats = BoundedSemaphore(CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)

    @property
    def url(self) -> str:
        host, port = self.server_address[0], self.server_address[1]
        return f"http://[{host!s}]:{port}" if self.address_family == socket.AF_INET6 else f"http://{host!s}:{port}"

    def server_bind(self) -> None:
        """Without the standard library's look-up of our own name, which can hang for seconds."""
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "sandbox", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self.seats.acquire(blocking=False):
            request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread to be had
            self.seats.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.seats.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients go away in the middle of things; that is not news."""
        log.debug("connection lost", exc_info=True)


class Incoming(RawIOBase):
    """A socket to read from until a deadline. A plain time-out starts anew with every byte that trickles in."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.deadline = connection, 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
        return self.connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "SeedbedSandbox", ""
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.incoming = Incoming(self.connection)
        self.rfile = BufferedReader(self.incoming)

    def handle_one_request(self) -> None:
        self.incoming.deadline = monotonic() + WAIT
        super().handle_one_request()

    def respond(self) -> None:
        try:
            answer = self._answer()
        except Refusal as refusal:
            self.close_connection |= refusal.status in (411, 413)  # the body is still on its way and must not be read as a request
            answer = refuse(refusal)
        except (TimeoutError, ConnectionError):
            raise
        except Exception:
            log.exception("%s %s", self.command, self.path)
            answer = refuse(Refusal(500, "The sandbox made a mistake; its log says more."))
        self._send(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = respond

    def _answer(self) -> Answer:
        address, body = urlsplit(self.path), self._body()
        path = unquote(address.path)
        route, wild = find(cast(Sandbox, self.server).routes, self.command, path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return route.answer(Request(self.command, path, query, headers, body, wild))

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise Refusal(411, "The sandbox needs a Content-Length.")
        if int(length) > LARGEST:
            raise Refusal(413, f"A request may have at most {LARGEST // 1024 // 1024} MB.")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionError
        return body

    def _send(self, answer: Answer) -> None:
        self.connection.settimeout(WAIT)
        self.send_response(answer.status)
        headers = {"Content-Type": answer.type, "Content-Length": str(len(answer.body)), **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library refuses by itself, as a sentence rather than a page."""
        self.close_connection, self.request_version = True, self.protocol_version  # it may not have understood the version
        self._send(refuse(Refusal(code, f"{message or self.responses.get(code, ('Not understood',))[0]}.")))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the ledger, not a log, is where to look for what was asked."""
