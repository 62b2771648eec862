"""The protocol, by the official package. It is an extra: only this file and `over_http.py` know it."""

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from json import dumps
from typing import Any

from anyio import CapacityLimiter, to_thread
from django.conf import settings
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ImageContent,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Listed

from generations.mcp.entrance import Wrong, call
from generations.mcp.tools import TOOLS, Said, Tool

Context = ServerRequestContext[Any, Any]

AT_ONCE = 64  # calls; each may wait for minutes, in threads of their own: the usual ones are for those who stand at the door

ABOUT = (
    "Seedbed is a team's image studio. Use list_engines to see what there is, check to see what a request would cost, and generate to "
    "make images: that spends the team's money, so ask the person first where they have not said so. Everything made is kept in the "
    "team's gallery: search_gallery finds it, get_image shows it."
)


def server(token: str = "") -> Server[Any]:
    """With a token: for one client at this process's own streams. Without: each call brings its own in a header."""
    threads = CapacityLimiter(AT_ONCE)

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        asked = getattr(context.request, "headers", {})
        headers = {"authorization": f"Bearer {token}"} if token else {name.lower(): value for name, value in asked.items()}
        address = getattr(getattr(context.request, "client", None), "host", "127.0.0.1")
        return await to_thread.run_sync(partial(carry_out, params.name, params.arguments or {}, headers, address), limiter=threads)

    return Server(
        "seedbed", title="Seedbed", version=settings.VERSION, instructions=ABOUT, on_list_tools=list_tools, on_call_tool=call_tool
    )


async def list_tools(context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[listed(name, tool) for name, tool in TOOLS.items()])


def listed(name: str, tool: Tool) -> Listed:
    hints = ToolAnnotations(
        title=tool.title, read_only_hint=not tool.pays, destructive_hint=tool.pays, idempotent_hint=not tool.pays, open_world_hint=tool.pays
    )
    return Listed(name=name, title=tool.title, description=tool.says, input_schema=tool.takes.model_json_schema(), annotations=hints)


def carry_out(name: str, arguments: Mapping[str, Any], headers: Mapping[str, str], address: str) -> CallToolResult:
    try:
        return result(call(name, arguments, headers, address))
    except Wrong as wrong:
        return CallToolResult(content=[TextContent(type="text", text=str(wrong))], is_error=True)


def result(said: Said) -> CallToolResult:
    text = TextContent(type="text", text=dumps(said.facts, ensure_ascii=False))
    if not said.picture:
        return CallToolResult(content=[text], structured_content=said.facts)
    picture = ImageContent(type="image", data=b64encode(said.picture).decode(), mime_type="image/webp")
    return CallToolResult(content=[picture, text], structured_content=said.facts)


async def over_stdio(token: str) -> None:
    serving = server(token)
    async with stdio_server() as (reading, writing):
        await serving.run(reading, writing, serving.create_initialization_options())
