"""Over HTTP a place is taken by a call with a token, and by nobody who only stands at the door."""

from contextlib import ExitStack
from socket import create_connection, socket
from threading import Barrier, Event
from types import ModuleType
from typing import Any

import anyio
import httpx2
import pytest

from tests.mcp.asking import apart

HEAD = b"POST /mcp HTTP/1.1\r\nHost: studio\r\nContent-Length: 9\r\n"


def to_its_end(line: socket) -> bytes:
    line.settimeout(60)
    return b"".join(iter(lambda: line.recv(4096), b""))


BEGUN = [b"", b"P", HEAD, HEAD + b"\r\n", HEAD + b"\r\nhalf"]


def test_whoever_does_not_end_what_they_began_is_let_go(house: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(house.over_http, "HASTE", 0.3)
    with house.served(house.listening) as port, ExitStack() as lines:
        opened = [lines.enter_context(create_connection(("127.0.0.1", port))) for _each in BEGUN]
        for line, begun in zip(opened, BEGUN, strict=True):
            line.sendall(begun)
        assert [to_its_end(line) for line in opened] == [b""] * len(BEGUN)


def test_between_two_calls_and_while_one_is_answered_there_is_time(house: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(house.over_http, "HASTE", 0.5)

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await anyio.sleep(0.8)
        await house.listening(scope, receive, send)

    with house.served(slow) as port, httpx2.Client(trust_env=False) as client:
        for _each in range(2):
            assert client.post(f"http://127.0.0.1:{port}/", content=b"in a piece").text == "in a piece"


CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "wait", "arguments": {}}}
HEADERS = {"Accept": "application/json, text/event-stream", "Authorization": "Bearer any"}


def test_while_all_its_places_wait_everybody_else_is_answered(house: ModuleType, monkeypatch: pytest.MonkeyPatch):
    together, over = Barrier(house.over_http.AT_ONCE + 1), Event()

    def long(*_call: Any) -> Any:
        together.wait(20)
        over.wait(20)
        return house.CallToolResult(content=[])

    monkeypatch.setattr(house.server, "carry_out", long)
    monkeypatch.setattr(
        house.over_http, "refuse", lambda headers, _from: None if "authorization" in headers else house.JSONResponse({}, 401)
    )

    async def talk() -> None:
        guard = house.over_http.app()
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(guard), base_url="http://studio", timeout=30)
        async with guard.app.router.lifespan_context(guard.app), client, anyio.create_task_group() as tasks:

            async def call() -> None:
                assert (await client.post("/mcp", json=CALL, headers=HEADERS)).status_code == 200

            for _each in range(house.over_http.AT_ONCE):
                tasks.start_soon(call)
            try:
                await anyio.to_thread.run_sync(together.wait, 20, limiter=anyio.CapacityLimiter(1))
                with anyio.fail_after(10):
                    assert (await client.post("/mcp", json=CALL)).status_code == 401
                    assert (await client.post("/mcp", json=CALL, headers=HEADERS)).status_code == 503
            finally:
                over.set()

    apart(talk)


def test_beyond_its_places_a_call_is_told_when_to_come_again(house: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(house.over_http, "AT_ONCE", 1)
    monkeypatch.setattr(house.over_http, "refuse", lambda headers, address: None)

    async def talk() -> None:
        inside, over = anyio.Event(), anyio.Event()

        async def long(scope: Any, receive: Any, send: Any) -> None:
            inside.set()
            await over.wait()
            await house.listening(scope, receive, send)

        transport = httpx2.ASGITransport(house.over_http.Guard(long))
        async with httpx2.AsyncClient(transport=transport, base_url="http://studio") as client:

            async def call(status: int) -> None:
                with anyio.fail_after(20):
                    answer = await client.get("/mcp")
                assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "5" if status == 503 else None)

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(call, 200)
                await inside.wait()
                await call(503)
                over.set()
            await call(200)

    apart(talk)
