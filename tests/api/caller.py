"""A program with a token, as the tests call the API."""

from typing import Any

from django.test import Client

from generations.models import Scope, Team, Token, User

JSON = "application/json"
KITE = {"engine": "apimart/seedream-5.0-lite", "prompt": "A red kite", "ratio": "16:9", "tier": "2K"}


def called(user: User, team: Team | None = None, scopes: tuple[Scope, ...] = tuple(Scope), **headers: str) -> Client:
    team = team or user.memberships.get().team
    _row, text = Token.write(None, user=user, team=team, name="Script", scopes=[scope.value for scope in scopes], per_minute=6000)
    return Client(headers={"Authorization": f"Bearer {text}", **headers})


def post(client: Client, path: str, body: Any = None, **headers: str) -> Any:
    """The answer; `body` as JSON, or as the bytes it is."""
    data = body if isinstance(body, bytes | str) else {} if body is None else body
    return client.post(path, data, content_type=JSON, headers={name.replace("_", "-"): value for name, value in headers.items()})
