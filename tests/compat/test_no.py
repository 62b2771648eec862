"""No, in the words of the provider whose place the studio takes: no page of ours, and no status that sends a program round in circles."""

from typing import Any

import pytest
from django.test import Client

from generations.compat import anyfast, apimart, tensorslab
from generations.compat.counter import Door
from generations.compat.denial import Denial, Why
from generations.models import Budget, EngineChoice, Generation, ProviderAccount, Scope, Team, Token, User
from tests.compat.program import FORM, LITE, Program
from tests.made import sandbox

pytestmark = pytest.mark.django_db

TENSORSLAB, APIMART, ANYFAST = "/tensorslab/v1/images/seedreamv45", "/apimart/v1/images/generations", "/anyfast/v1/images/generations"
SUBMITS = {"tensorslab": TENSORSLAB, "apimart": APIMART, "anyfast": ANYFAST}
doors = pytest.mark.parametrize("dialect", SUBMITS)


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    for engine in ("tensorslab/seedream-4.5", "apimart/seedream-5.0-lite", "anyfast/seedream-5.0-t2i"):
        sandbox(engine)
    return Program(designer, team)


def shaped(dialect: str, answer: Any) -> str:
    """The sentence, if it is where a program looks for it."""
    body = answer.json()
    if dialect == "tensorslab":
        assert (set(body), body["data"]) == ({"code", "msg", "data"}, None)
        assert body["code"] in (9000, 9999)
        return str(body["msg"])
    names = {"apimart": {"code", "message", "type"}, "anyfast": {"code", "message", "type", "param"}}[dialect]
    assert names <= set(body["error"])
    assert dialect == "apimart" or body["error"]["type"] == "new_api_error"
    return str(body["error"]["message"])


@doors
def test_without_a_token_nothing_is_done(dialect: str, program: Program) -> None:
    for given in ("", "Bearer", "Bearer sk-studio-nobodys", "Basic abc", "sk-studio-" + "x" * 49):
        answer = Client(headers={"Authorization": given}).post(f"/compat{SUBMITS[dialect]}", FORM)
        assert (answer.status_code, "token" in shaped(dialect, answer)) == (401, True), given
    assert not Generation.objects.exists()


@doors
def test_a_session_opens_no_door(dialect: str, program: Program, designer: User) -> None:
    browser = Client()
    browser.force_login(designer)
    assert browser.post(f"/compat{SUBMITS[dialect]}", FORM).status_code == 401


@doors
def test_who_may_only_look_makes_nothing(dialect: str, program: Program, designer: User, team: Team) -> None:
    answer = Program(designer, team, (Scope.READ,)).send(SUBMITS[dialect], **FORM)
    assert answer.status_code == 403
    assert shaped(dialect, answer)


@doors
def test_another_method_is_told_which_one_it_is(dialect: str, program: Program) -> None:
    for method in ("GET", "PUT", "DELETE", "HEAD"):
        answer = program.client.generic(method, f"/compat{SUBMITS[dialect]}")
        assert (answer.status_code, answer["Allow"]) == (405, "POST"), method
        assert method == "HEAD" or shaped(dialect, answer).startswith(method)


@doors
def test_other_addresses_are_answered_in_the_doors_words(dialect: str, program: Program) -> None:
    for path in ("", "v1", "v1/images/", "v2/images/generations", "v1/balance", "x%0Ay", "v1/images/generations/"):
        answer = program.client.get(f"/compat/{dialect}/{path}")
        assert (answer.status_code, "There is nothing at" in shaped(dialect, answer)) == (404, True), path


BAD: list[tuple[str, Any, int, str]] = [
    ("apimart", {}, 400, "prompt"),
    ("apimart", [], 400, "JSON object"),
    ("apimart", "{", 400, "JSON object"),
    ("apimart", '{"prompt": NaN}', 400, "JSON object"),
    ("apimart", "[" * 100_000, 400, "JSON object"),
    ("apimart", b"\xff\xfe", 400, "JSON object"),
    ("apimart", LITE | {"n": "1"}, 400, "whole number"),
    ("apimart", LITE | {"n": 16}, 400, "1 to 15"),
    ("apimart", LITE | {"n": 10**30}, 400, "whole number"),
    ("apimart", LITE | {"n": 0}, 400, "1 to 15"),
    ("apimart", LITE | {"size": "9:21"}, 400, "these ratios"),
    ("apimart", LITE | {"resolution": "1K"}, 400, "offers 2K"),
    ("apimart", LITE | {"prompt": ""}, 400, "prompt"),
    ("apimart", LITE | {"prompt": "\ud800"}, 400, "UTF-8"),
    ("apimart", LITE | {"model": "no-such"}, 404, "no-such"),
    ("apimart", LITE | {"image_urls": "https://example.com/a.png"}, 400, "image_urls"),
    ("apimart", LITE | {"image_urls": ["ftp://example.com/a.png"]}, 400, "image_urls"),
    ("apimart", LITE | {"image_urls": ["data:image/png;base64,AAAA"]}, 400, "Reference 1"),
    ("apimart", LITE | {"image_urls": ["http://127.0.0.1/a.png"]}, 400, "Reference 1"),
    ("anyfast", {"model": "doubao-seedream-5-0-260128"}, 400, "prompt"),
    ("anyfast", {"model": "no-such", "prompt": "a kite"}, 404, "no-such"),
    ("anyfast", {"model": "doubao-seedream-5-0-260128", "prompt": "a kite", "size": "1x1"}, 400, "1x1"),
]


def test_what_cannot_be_made_is_refused_with_a_reason(program: Program) -> None:
    for dialect, body, status, said in BAD:
        answer = program.post(SUBMITS[dialect], body)
        sentence = shaped(dialect, answer)
        assert (answer.status_code, said in sentence) == (status, True), (str(body)[:40], sentence)
    assert not Generation.objects.exists()


FORMS: list[tuple[dict[str, str], int, int, str]] = [
    ({}, 200, 9999, "prompt is required"),
    ({"prompt": "a kite", "batchsize": "zero"}, 200, 9999, "whole number"),
    ({"prompt": "a kite", "batchsize": "16"}, 200, 9999, "1 to 15"),
    ({"prompt": "a kite", "resolution": "1500x1500"}, 200, 9999, "1500"),
    ({"prompt": "a kite", "resolution": "huge"}, 200, 9999, "resolution is not valid"),
    ({"prompt": "a kite", "imageUrl": "ftp://example.com"}, 200, 9999, "imageUrl"),
]


def test_tensorslab_says_what_is_wrong_in_http_200(program: Program) -> None:
    for fields, status, code, said in FORMS:
        answer = program.send(TENSORSLAB, **fields)
        assert (answer.status_code, answer.json()["code"]) == (status, code), fields
        assert said in shaped("tensorslab", answer), fields
    assert not Generation.objects.exists()


@pytest.mark.parametrize("door", [tensorslab.DOOR, apimart.DOOR, anyfast.DOOR], ids=lambda door: door.dialect.NAME)
def test_only_what_may_change_has_a_status_at_which_programs_try_again(door: Door) -> None:
    for why in Why:
        answer = door.deny(Denial(why, "Because.", wait=2))
        assert (answer.status in (408, 409, 425, 429) or answer.status >= 500) == why.value.again, why
        assert b"Because." in answer.body, why


@doors
def test_a_body_that_is_too_large_is_not_read(dialect: str, program: Program) -> None:
    answer = program.client.post(f"/compat{SUBMITS[dialect]}", FORM, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert "the limit is" in shaped(dialect, answer)


@doors
def test_too_many_calls_are_told_when_to_come_again(dialect: str, program: Program) -> None:
    Token.objects.update(per_minute=1)
    program.send(SUBMITS[dialect])
    answer = program.send(SUBMITS[dialect])
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert "Wait" in shaped(dialect, answer)


@doors
def test_a_fault_of_ours_is_told_in_its_words_too(dialect: str, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_anything: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("generations.compat.body.receive", fall)
    answer = program.send(SUBMITS[dialect], **FORM)
    assert (answer.status_code, b"secret" in answer.content) == (500, False)
    assert answer["X-Request-ID"] in shaped(dialect, answer)


def test_an_engine_that_nobody_has_is_not_there(program: Program) -> None:
    answer = program.send("/tensorslab/v1/images/seedreamv9", prompt="a kite")
    assert (answer.status_code, answer.json()["code"]) == (404, 9999)


@doors
def test_an_empty_budget_is_told_as_an_empty_balance(dialect: str, program: Program, team: Team) -> None:
    for account in ProviderAccount.objects.all():
        for engine in ("tensorslab/seedream-4.5", "apimart/seedream-5.0-lite", "anyfast/seedream-5.0-t2i"):
            EngineChoice.objects.create(account=account, engine=engine, price=35_000)
    Budget.objects.create(team=team, hard=1)
    bodies: dict[str, Any] = {"apimart": LITE, "anyfast": {"model": "doubao-seedream-5-0-260128", "prompt": "a kite", "size": "2048x2048"}}
    answer = program.send(TENSORSLAB, **FORM) if dialect == "tensorslab" else program.post(SUBMITS[dialect], bodies[dialect])
    assert answer.status_code == {"tensorslab": 200, "apimart": 402, "anyfast": 403}[dialect]
    assert dialect != "tensorslab" or answer.json()["code"] == 9000
    assert "budget" in shaped(dialect, answer).lower()


def test_a_key_of_apimart_is_one_request_and_another_one_with_it_is_refused(program: Program) -> None:
    first = program.post(APIMART, LITE, Idempotency_Key="order-7")
    again = program.post(APIMART, LITE, Idempotency_Key="order-7")
    assert first.json() == again.json()
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"], Generation.objects.count()) == (False, "true", 1)
    other = program.post(APIMART, LITE | {"prompt": "a boat"}, Idempotency_Key="order-7")
    assert (other.status_code, Generation.objects.count()) == (422, 1)
    assert "already used with another request" in shaped("apimart", other)


def test_a_key_that_is_none(program: Program) -> None:
    keys = {"": 200, "x" * 192: 400, "two words": 400, "é": 400}
    assert {key: program.post(APIMART, LITE, Idempotency_Key=key).status_code for key in keys} == keys


@pytest.mark.parametrize("dialect", ["tensorslab", "apimart"])
def test_the_same_once_more_without_a_key_is_another_request(dialect: str, program: Program) -> None:
    assert program.submit(dialect).json() != program.submit(dialect).json()
    assert Generation.objects.count() == 2
