"""What holds for every operation: the token, and one shape for every error."""

from logging import WARNING

import pytest
from django.test import Client

from generations.api import me
from generations.api.errors import Fault
from generations.calling import room
from generations.models import Scope, Team, Token, User
from tests.api.caller import JSON, KITE, called, post
from tests.isolation.things import state
from tests.made import sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(designer: User) -> Client:
    return called(designer)


def test_a_token_says_whose_it_is(designer: User, team: Team):
    told = called(designer).get("/api/me").json()
    assert (told["person"]["email"], told["team"]["slug"], told["team"]["role"]) == (designer.email, team.slug, "designer")
    assert told["budget"]["left"] is None


def test_it_never_tells_the_token_itself(designer: User):
    client = called(designer)
    told = client.get("/api/me").content.decode()
    assert Token.objects.get().digest not in told
    assert client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ") not in told


def test_what_is_not_there_is_said_in_json(client: Client):
    for path in ("/api/nothing", "/api/", "/api/me/", "/api/generations/42", "/api/%00", "/api/engines/none", "/api/a%0Ab"):
        answer = client.get(path)
        assert (answer.status_code, Fault.model_validate(answer.json()).error.type) == (404, "not_found"), path


def test_no_answer_is_kept_by_anybody(client: Client):
    for path in ("/api/me", "/api/nothing"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_every_error_has_its_number_in_the_log(client: Client):
    answer = client.get("/api/nothing")
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_a_method_that_is_not_done_there_names_those_that_are(client: Client):
    answer = client.delete("/api/generations")
    assert (answer.status_code, answer.json()["error"]["type"]) == (405, "method_not_allowed")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_errors_come_in_the_language_that_is_asked_for(client: Client):
    english, chinese = (client.get("/api/nothing", headers={"Accept-Language": one}).json()["error"] for one in ("en", "zh-CN"))
    assert english["message"].isascii()
    assert english["code"] == chinese["code"]


def test_what_breaks_on_our_side_is_an_error_like_any_other(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(me, "left", lambda *_who: 1 / 0)
    answer = client.get("/api/me")
    assert (answer.status_code, answer.json()["error"]["type"]) == (500, "studio")
    assert answer.json()["request_id"] in caplog.text


def test_what_will_be_asked_again_is_no_error_in_the_log(client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    def full(*_who: object) -> None:
        raise room.Full

    monkeypatch.setattr(me, "left", full)
    answer = client.get("/api/me")
    assert (answer.status_code, answer["Retry-After"]) == (503, str(room.SOON))
    assert not [record for record in caplog.records if record.levelno >= WARNING]


def test_a_token_that_only_makes_images_finds_its_way(designer: User):
    sandbox()
    client = called(designer, scopes=(Scope.GENERATE,))
    for path in ("me", "engines", f"engines/{KITE['engine']}"):
        assert client.get(f"/api/{path}").status_code == 200, path


def test_too_many_calls_are_told_how_long_to_wait(designer: User):
    client = called(designer)
    Token.objects.update(per_minute=1)
    answers = [client.get("/api/me") for _call in range(3)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1


# --- bodies ---

DEEP = b'{"prompt": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
UNREADABLE = {
    "half of it": b'{"prompt": "A red',
    "no UTF-8": b'{"prompt": "\xff\xfe"}',
    "NaN": b'{"guidance": NaN}',
    "infinity": b'{"guidance": -Infinity}',
    "deep": DEEP,
    "deeper than is read": b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}",
    "NUL": b'{"prompt": "A\\u0000kite"}',
    "NUL in a name": b'{"a\\u0000": 1}',
    "half a character": b'{"prompt": "\\ud83d"}',
    "half a character in a name": b'{"\\udc00": 1}',
    "twice": b'{"prompt": "A", "prompt": "B"}',
    "a long number": b'{"seed": ' + b"9" * 5000 + b"}",
}
MISSHAPEN = {"nothing": b"", "a list": b"[]", "text": b'"kite"', "null": b"null"}


@pytest.mark.parametrize("path", ["/api/generations", "/api/check"])
def test_a_body_that_cannot_be_read_changes_nothing(client: Client, path: str):
    sandbox()
    client.get("/api/me")
    before = state()
    for name, body in (UNREADABLE | MISSHAPEN).items():
        answer = post(client, path, body)
        assert answer.status_code == (400 if name in UNREADABLE else 422), name
        assert Fault.model_validate(answer.json()).error.message, name
    assert state() == before


MISFITS = {
    "images": [10**30, -1, 0, 1.5, "2", True, [], {}],
    "prompt": [7, [], {"text": "A kite"}, "", "   ", "x" * 100_001],
    "engine": [7, [], "", "none/such", "x" * 300],
    "seed": [10**30, -(10**30), 1.5, "7"],
    "guidance": ["2", [], 1e308],
    "size": ["big", "0x0", "99999x99999", 7],
    "ratio": ["17:3", 1],
    "tier": ["9K", 2],
    "format": ["gif", 1],
    "watermark": ["yes", 1],
    "references": ["one", [7], ["ftp://x/y.png"], ["data:image/png;base64,!!"], ["data:text/html,x"], ["0" * 64], ["x"] * 41],
    "logo": ["on", {"position": 12}, {"opacity": 7}],
    "private": ["no", 0],
    "collection": ["none", 7, "00000000-0000-0000-0000-000000000007"],
    "parent": ["none", 7, "00000000-0000-0000-0000-000000000007"],
    "wait": [-1, 61, "5", 1.5],
}


def test_a_value_that_does_not_fit_is_named_and_changes_nothing(client: Client):
    sandbox()
    client.get("/api/me")
    before = state()
    for field, values in MISFITS.items():
        for value in values:
            answer = post(client, "/api/generations", KITE | {field: value})
            assert answer.status_code == 422, (field, value)
            assert answer.json()["error"]["param"].partition(".")[0] in (field, "tier", "engine"), (field, value)
    assert state() == before


def test_all_that_is_wrong_is_said_at_once(client: Client):
    error = post(client, "/api/generations", {"images": "many", "seed": "x"}).json()["error"]
    assert {problem["field"] for problem in error["problems"]} == {"engine", "prompt", "images", "seed"}


def test_only_json_is_taken(client: Client):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-seq"):
        answer = client.generic("POST", "/api/check", b"{}", kind)
        assert (answer.status_code, answer.json()["error"]["type"]) == (415, "unsupported_type")


def test_a_body_over_the_limit_is_not_read(client: Client):
    answer = client.generic("POST", "/api/check", b'{"prompt": "' + b"x" * 25 * 1024 * 1024 + b'"}', JSON)
    assert (answer.status_code, answer.json()["error"]["type"]) == (413, "too_large")


def test_a_stranger_is_sent_away_before_anything_is_read():
    answer = Client().generic("POST", "/api/generations", b"x" * 30_000_000, JSON)
    assert answer.status_code == 401


SENSELESS = ("limit=0", "limit=101", "limit=1e30", "limit=%00", "cursor=x", "cursor=%ff", "status=gone", "mine=perhaps", "engine=%00")


def test_an_address_that_does_not_fit_is_told_so(client: Client):
    for query in SENSELESS:
        answer = client.get(f"/api/generations?{query}")
        assert (answer.status_code, answer.json()["error"]["param"].partition(".")[0]) == (422, query.partition("=")[0]), query
