"""What tests of the protocol need of its packages. They are large, and every test process reads every test, so few may import this."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import uvicorn
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

from generations.mcp import over_http, server
from tests.servers.studio import Shared
from tests.supervisor.studio import ROOT

__all__ = ["CallToolResult", "JSONResponse", "listening", "over_http", "over_streams", "over_wire", "served", "server"]


def over_streams(studio: Shared, token: str) -> Client:
    environment = {**studio.environment, "STUDIO_TOKEN": token}
    return Client(StdioServerParameters(command=sys.executable, args=["manage.py", "mcp"], env=environment, cwd=ROOT))


def over_wire(address: str, http: Any) -> Client:
    return Client(streamable_http_client(address, http_client=http))


async def listening(scope: Any, receive: Any, send: Any) -> None:
    said = await Request(scope, receive).body()
    await PlainTextResponse(said)(scope, receive, send)


@contextmanager
def served(app: Any) -> Iterator[int]:
    ready = Event()
    config = uvicorn.Config(app, port=0, http=over_http.Timely, lifespan="off", log_config=None)
    talking = over_http.Talking(config, lambda _said: ready.set())
    thread = Thread(target=talking.run, daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield talking.servers[0].sockets[0].getsockname()[1]
    finally:
        talking.should_exit = True
        thread.join(20)
