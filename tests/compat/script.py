"""A script that calls the gateway door, without a network between; nobody drives while it waits, so it does not wait at all."""

import base64
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from generations.compat import v1
from generations.models import EngineChoice, Team, User
from tests.compat.program import drawing
from tests.made import sandbox
from tests.tokens.given import given

ENGINE = "doubao-seedream-5-0-260128"
PATH = "/v1/images/generations"
KITE = {"model": ENGINE, "prompt": "a red kite"}
URI = "data:image/png;base64," + base64.b64encode(drawing().read()).decode()


class Script:
    def __init__(self, user: User, team: Team) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {given(user, team, per_minute=6000)[1]}"})

    def send(self, body: Any, path: str = PATH, **headers: str) -> HttpResponse:
        told = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, told, content_type=named.pop("type", "application/json"), headers=named)


@pytest.fixture
def script(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setattr(v1, "PATIENCE", 0)
    EngineChoice.objects.create(account=sandbox("gateway/seedream-5.0"), engine="gateway/seedream-5.0", price=40_000)
    return Script(designer, team)


def code(answer: HttpResponse) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/json"
    return answer.status_code, answer.json()["error"]["code"]
