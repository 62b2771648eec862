"""A key is never shown again, whatever a provider makes of it."""

import html
import json
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

import pytest

from generations.catalogue import ENGINES
from generations.connecting import client_of as line_to
from generations.connecting import connect
from generations.dialects import get_dialect
from generations.dialects.outcome import Trouble
from generations.dialects.wire import Answer
from generations.models import Attempt, Dialect, Generation, ProviderAccount, Team, User
from generations.providers.preview import preview
from tests.administration.test_unknown import INBOX, doubtful
from tests.cast import client_of
from tests.made import asked

pytestmark = pytest.mark.django_db

CANARY = 'Xq7/+"canary"&<key>=\\9f2b'  # hostile to every way of writing it down
PLAIN = "canary4f5a6b7c8d9e"  # without anything that looks like a key

WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in JSON": lambda key: json.dumps({"error": {"message": f"Incorrect API key provided: {key}"}}),
    "in JSON with escaped slashes": lambda key: json.dumps({"echo": key}).replace("/", "\\/"),
    "in a page": lambda key: f"<p>Unknown key {html.escape(key)}</p>",
    "in a link": lambda key: f"https://api.example/v1?key={quote(key, safe='')}&x=1",
    "in base64": lambda key: f"Proxy saw {b64encode(key.encode()).decode()}",
    "as a header": lambda key: f"Authorization: Bearer {key}",
}


@pytest.fixture(params=list(Dialect))
def account(request: pytest.FixtureRequest) -> ProviderAccount:
    return connect(f"Real {request.param}", request.param, "https://api.example.com", CANARY, False)[0]


def case(user: User, team: Team, account: ProviderAccount, **fields: object) -> Generation:
    generation = doubtful(user, team, **fields)
    Attempt.objects.filter(generation=generation).update(account=account)
    return generation


def shown(owner: User, generation: Generation) -> str:
    client = client_of(owner)
    return "".join(client.get(path).content.decode() for path in (INBOX, f"{INBOX}{generation.attempts.get().pk}/answer.txt"))


def leaks(told: str, key: str) -> bool:
    return any(way(key) in told for way in (str, html.escape, lambda key: json.dumps(key)[1:-1], lambda key: quote(key, safe="")))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", [CANARY, PLAIN])
def test_no_way_of_writing_it_down_gets_through(way: str, key: str, owner: User, designer: User, team: Team):
    account = connect("Real", Dialect.GATEWAY, "https://api.example.com", key, False)[0]
    told = shown(owner, case(designer, team, account, answer=WAYS[way](key).encode(), said=f"Wrong: {key}", task=key, request_id=key))
    assert not leaks(told, key)
    assert b64encode(key.encode()).decode().rstrip("=") not in told
    assert "•••" in told


def test_the_call_as_it_is_shown_carries_no_key(account: ProviderAccount, owner: User, designer: User, team: Team):
    engine = next(one for one in ENGINES.values() if one.dialect == account.dialect and not one.edits)
    client = line_to(account)
    sent = preview(client.write(asked(engine=engine.id), engine, [], "key-of-ours"), account.base)
    assert CANARY not in str(sent)
    told = shown(owner, case(designer, team, account, sent=sent | {"echo": CANARY}))
    assert "What was sent" in told
    assert not leaks(told, CANARY)


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("key", ["sk-abcdefghijklmnop", "0123456789abcdef0123456789abcdef"])
def test_no_reader_repeats_a_key_to_designers(dialect: str, key: str):
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {key}", "code": "invalid_api_key"}, "message": f"bad key {key}"})
    reading = get_dialect(dialect).read_answer(Answer(401, body.encode(), {}))
    assert isinstance(reading, Trouble)
    assert key not in f"{reading.said}{reading.code}"
