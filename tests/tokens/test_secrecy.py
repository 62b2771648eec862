import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from generations import tokens
from generations.models import Team, Token, User
from tests.account.test_tokens import make, shown
from tests.isolation.things import state
from tests.tokens.given import bearer

pytestmark = pytest.mark.django_db


def broken(_token: Token) -> None:
    raise RuntimeError("The disk is full.")


def test_the_text_of_a_token_is_on_its_page_and_nowhere_else(
    designer: User, team: Team, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.DEBUG)
    text = shown(make(designer))
    script = Client(raise_request_exception=False)
    said: list[Any] = [script.get("/v1/models", **bearer(text)), script.get("/v1/nothing", **bearer(text))]
    said.append(script.post("/v1/images/generations", "{", "application/json", **bearer(text)))
    with monkeypatch.context() as patch:
        patch.setattr(tokens, "touch", broken)
        said.append(script.get("/v1/models", **bearer(text)))
    tokens.revoke(Token.objects.all(), designer)
    said.append(script.get("/v1/models", **bearer(text)))
    assert [answer.status_code for answer in said] == [200, 404, 400, 500, 401]
    everywhere = "".join(answer.content.decode() + str(answer.headers) for answer in said) + caplog.text + str(state())
    everywhere += "".join(str(session.get_decoded()) for session in Session.objects.all())
    assert "The disk is full." in caplog.text
    assert text[16:] not in everywhere
