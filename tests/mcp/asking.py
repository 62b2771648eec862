"""A tool that is called in this process, as the protocol would call it."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

from generations.mcp import entrance
from generations.mcp.tools import Said
from generations.models import Scope, Team, User
from tests.tokens.given import given


def apart(talk: Callable[[], Awaitable[None]]) -> None:
    """In a thread of its own: the browser of other tests has a loop in ours."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(anyio.run, talk).result()


class Asking:
    def __init__(self, user: User, team: Team, *scopes: Scope, **fields: Any) -> None:
        _token, text = given(user, team, *scopes, **fields)
        self.headers = {"authorization": f"Bearer {text}"}

    def said(self, tool: str, **arguments: Any) -> Said:
        return entrance.answer(tool, arguments, entrance.stand_in(self.headers, "192.0.2.1"))

    def __call__(self, tool: str, **arguments: Any) -> dict[str, Any]:
        return self.said(tool, **arguments).facts

    def wrong(self, tool: str, **arguments: Any) -> str:
        with pytest.raises(entrance.Wrong) as told:
            self.said(tool, **arguments)
        return str(told.value)
