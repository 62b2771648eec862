"""A tool that is called in this process, as the protocol would call it."""

from typing import Any

import pytest

from generations.mcp import entrance
from generations.mcp.tools import Said
from generations.models import Scope, Team, User
from tests.tokens.given import given


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
