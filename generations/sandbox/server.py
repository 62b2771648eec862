"""The sandbox's own small HTTP server: standard library, one thread per connection, everything bounded."""

import logging
import select
import socket
from collections.abc import Sequence
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, RawIOBase
from threading import BoundedSemaphore, Semaphore
from time import monotonic, sleep
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from generations.sandbox.pages import ROUTES
from generations.sandbox.wire import Answer, Later, Refusal, Reply, Request, Route, find, refuse

CONNECTIONS = 800  # below the usual limit of 1,024 open files
WAIT = 60.0  # seconds from one answer to the end of the next request, and for taking an answer
LARGEST = 128 * 1024 * 1024  # fourteen references of several megabytes, as base64
HEAVY, HEAVIES = 1024 * 1024, 8  # so many requests larger than that are read at once
log = logging.getLogger("seedbed.sandbox")


class Sandbox(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that hangs must not hold up the end
    request_queue_size = 512

    def __init__(self, host: str, port: int, routes: Sequence[Route] = ROUTES) -> None:
        self.routes = routes
        self.seats, self.heavy = BoundedSemaphore(CONNECTIONS), Semaphore(HEAVIES)
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
            reply = self._answer()
            while isinstance(reply, Later):
                self._wait(reply.seconds)
                reply = reply.make()
            answer = reply
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

    def _answer(self) -> Reply:
        """The body is gone when this returns: hundreds of calls that wait for their answer hold nothing."""
        address, length = urlsplit(self.path), self._length()
        path = unquote(address.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        server = cast(Sandbox, self.server)
        with server.heavy if length > HEAVY else nullcontext():
            body = self._body(length)
            route, wild = find(server.routes, self.command, path)
            return route.answer(Request(self.command, path, query, headers, body, wild))

    def _wait(self, seconds: float) -> None:
        """Until an answer is due, or the client has gone: then nobody needs it, and the seat is free."""
        ready = select.poll()
        ready.register(self.connection, select.POLLIN)
        due = monotonic() + seconds
        if ready.poll(seconds * 1000) and not self.connection.recv(1, socket.MSG_PEEK):
            raise ConnectionError
        sleep(max(0, due - monotonic()))

    def _length(self) -> int:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise Refusal(411, "The sandbox needs a Content-Length.")
        if int(length) > LARGEST:
            raise Refusal(413, f"A request may have at most {LARGEST // 1024 // 1024} MB.")
        return int(length)

    def _body(self, length: int) -> bytes:
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionError
        return body

    def _send(self, answer: Answer) -> None:
        self.connection.settimeout(WAIT)
        if answer.deliver:
            self.close_connection = True
            answer.deliver(self.connection, answer)
            return
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
