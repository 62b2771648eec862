"""The same tools over HTTP, as a program of its own: a call may wait for minutes, and here that costs no thread of the pages.

No session and no cookie: each call brings its token, which is looked up before its body is read.
"""

from collections.abc import Callable
from functools import partial
from socket import socket
from urllib.parse import urlsplit

import uvicorn
from anyio import to_thread
from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from generations.calling.caller import Unwelcome, recognise
from generations.calling.entry import guessed, presented
from generations.mcp.entrance import stand_in
from generations.mcp.server import server
from generations.tokens import find

AT_ONCE = 64  # calls; more are told to come again
PATIENCE = 5  # seconds that calls have to end when the process has to
PATH = "/mcp"


class Guard:
    """Before anything of a call is read: is it meant for this studio, and has its token ever been given to somebody?"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        address = (scope.get("client") or ("127.0.0.1", 0))[0]
        refusal = await to_thread.run_sync(partial(refuse, Headers(scope=scope), address))
        await (refusal or self.app)(scope, receive, send)
        return None


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


class Talking(uvicorn.Server):
    """Says that it is there when it is."""

    def __init__(self, config: uvicorn.Config, say: Callable[[str], object]) -> None:
        super().__init__(config)
        self.say = say

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.say(f"Tools are served at http://{self.config.host}:{self.config.port}{PATH}")


def over_http(host: str, port: int, say: Callable[[str], object]) -> None:
    config = uvicorn.Config(app(), host, port, access_log=False, server_header=False, proxy_headers=False, log_level="warning")
    config.limit_concurrency, config.timeout_graceful_shutdown = AT_ONCE, PATIENCE
    Talking(config, say).run()
