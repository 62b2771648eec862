"""The official client at a real studio: over the streams of `manage.py mcp`, and over HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from socket import create_connection
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import httpx
import httpx2
import pytest

from tests.mcp.asking import apart
from tests.servers.studio import Crew, Shared
from tests.supervisor.studio import ROOT, free_port

pytestmark = pytest.mark.stack

KITE = {"engine": "seedream-5.0-lite", "prompt": "A kite for the protocol", "wait": 50}


@pytest.fixture(scope="module")
def address(studio: Shared) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "manage.py", "mcp", "--http", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=studio.environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline()
            assert f":{port}/mcp" in said
            yield said.split()[-1]
        finally:
            process.terminate()


def facts(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    return dict(result.structured_content)


async def make_and_look(client: Any) -> tuple[dict[str, Any], Any]:
    """As a model would: make one, find it again, look at it."""
    made = facts(await client.call_tool("generate", KITE))
    found = facts(await client.call_tool("search_gallery", {"q": "protocol", "mine": True}))
    assert found["images"][0]["id"] == made["images"][0]["id"]
    return made, await client.call_tool("get_image", {"id": made["images"][0]["id"], "side": 320})


def test_over_its_streams_an_image_is_made_and_looked_at(house: ModuleType, studio: Shared, crew: Crew):
    async def talk() -> None:
        async with house.over_streams(studio, crew.token) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == {"list_engines", "check", "generate", "wait", "get_generation", "search_gallery", "get_image"}
            assert "SPENDS MONEY" in tools["generate"].description
            assert (tools["generate"].annotations.read_only_hint, tools["check"].annotations.read_only_hint) == (False, True)
            made, looked = await make_and_look(client)
            assert (made["status"], looked.content[0].mime_type) == ("done", "image/webp")
            assert httpx.get(made["images"][0]["link"], trust_env=False, timeout=60).status_code == 200
            wrong = await client.call_tool("generate", {**KITE, "images": 99})
            assert wrong.is_error
            assert "15" in wrong.content[0].text

    apart(talk)


def test_over_http_each_call_brings_its_token(house: ModuleType, studio: Shared, crew: Crew, address: str):
    async def talk() -> None:
        for token, allowed in ((crew.token, True), (crew.tokens["read"], False)):
            headers = {"Authorization": f"Bearer {token}"}
            async with (
                httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as http,
                house.over_wire(address, http) as client,
            ):
                if allowed:
                    made, looked = await make_and_look(client)
                    assert (made["status"], looked.content[0].type) == ("done", "image")
                else:
                    assert (await client.call_tool("generate", KITE)).is_error

    apart(talk)


def post(address: str, **headers: str) -> httpx.Response:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    usual = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    return httpx.post(address, content=json.dumps(asked), headers={**usual, **headers}, trust_env=False, timeout=60)


def test_over_http_nobody_comes_in_without_a_token(address: str, crew: Crew):
    assert post(address).status_code == 401
    assert post(address, Authorization=f"Bearer sk-studio-{'a' * 49}").status_code == 401
    assert post(address, Authorization=f"Bearer {crew.token}").status_code == 200


def test_over_http_silent_strangers_keep_nobody_out(house: ModuleType, address: str, crew: Crew):
    with ExitStack() as lines:
        for _each in range(house.over_http.AT_ONCE + 2):
            lines.enter_context(create_connection(("127.0.0.1", urlsplit(address).port)))
        assert post(address, Authorization=f"Bearer {crew.token}").status_code == 200


def test_nor_by_another_name_or_from_another_page(address: str, crew: Crew):
    token = {"Authorization": f"Bearer {crew.token}"}
    assert post(address, Host="evil.example", **token).status_code == 421
    assert post(address, Origin="https://evil.example", **token).status_code == 403
    assert post(address, Origin="null", **token).status_code == 403
