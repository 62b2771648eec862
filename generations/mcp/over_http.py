"""The same tools over HTTP, as a program of its own: a call may wait for minutes, and here that costs no thread of the pages.

No session and no cookie: each call brings its token, which is looked up before its body is read.
"""

from asyncio import BaseTransport, Semaphore
from collections.abc import Callable
from functools import partial
from socket import socket
from urllib.parse import urlsplit

import h11
import uvicorn
from anyio import to_thread
from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from generations.calling.caller import Unwelcome, recognise
from generations.calling.entry import guessed, presented
from generations.mcp.entrance import stand_in
from generations.mcp.server import AT_ONCE, server
from generations.tokens import find

AGAIN = 5  # seconds, for a call that finds AT_ONCE others
HASTE = 60  # seconds for a call to arrive, to its last byte
PATIENCE = 5  # seconds that calls have to end when the process has to
PATH = "/mcp"


class Guard:
    """Before anything of a call is read: is it meant for this studio, has its token ever been given to somebody, and is there a place?"""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.places = app, Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        address = (scope.get("client") or ("127.0.0.1", 0))[0]
        refusal = await to_thread.run_sync(partial(refuse, Headers(scope=scope), address))
        if refusal or self.places.locked():
            return await (refusal or full())(scope, receive, send)
        async with self.places:
            await self.app(scope, receive, send)
        return None


def full() -> JSONResponse:
    return JSONResponse({"error": "Too many calls are under way."}, 503, {"Cache-Control": "no-store", "Retry-After": str(AGAIN)})


def refuse(headers: Headers, address: str) -> JSONResponse | None:
    if not ours(headers.get("host", "")):
        return JSONResponse({"error": "This studio is not called so."}, 421)
    if (origin := headers.get("origin")) and not ours(urlsplit(origin).netloc):
        return JSONResponse({"error": "Pages of other sites may not call this."}, 403)
    return stranger(headers, address)


def ours(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def stranger(headers: Headers, address: str) -> JSONResponse | None:
    """Whether the token suffices for a tool is asked where that tool is called."""
    request = stand_in({name.lower(): value for name, value in headers.items()}, address)
    close_old_connections()
    try:
        token = find(presented(request, False))
        if token is None:
            raise guessed(request)
        recognise(token)
    except Unwelcome as unwelcome:
        more = {"Retry-After": str(unwelcome.wait)} if unwelcome.wait else {"WWW-Authenticate": "Bearer"}
        return JSONResponse({"error": unwelcome.sentence}, unwelcome.status, {"Cache-Control": "no-store", **more})
    finally:
        close_old_connections()
    return None


def app() -> Guard:
    unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # `Guard` knows the names of this studio
    return Guard(
        server().streamable_http_app(streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=unguarded)
    )


class Timely(H11Protocol):
    """Of itself it would keep a connection for ever that says nothing, or does not end what it began."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.late = self.loop.call_later(HASTE, self.transport.close)

    def on_response_complete(self) -> None:
        self.late.cancel()
        self.late = self.loop.call_later(HASTE, self.transport.close)
        super().on_response_complete()

    def handle_events(self) -> None:
        super().handle_events()
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self.late.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        self.late.cancel()
        super().connection_lost(exc)


class Talking(uvicorn.Server):
    """Says that it is there when it is."""

    def __init__(self, config: uvicorn.Config, say: Callable[[str], object]) -> None:
        super().__init__(config)
        self.say = say

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.say(f"Tools are served at http://{self.config.host}:{self.config.port}{PATH}")


def over_http(host: str, port: int, say: Callable[[str], object]) -> None:
    config = uvicorn.Config(app(), host, port, http=Timely, access_log=False, server_header=False, proxy_headers=False, log_level="warning")
    config.timeout_graceful_shutdown = PATIENCE
    Talking(config, say).run()
