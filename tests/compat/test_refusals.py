"""What each no becomes in the official SDKs: its class, and whether they try again by themselves."""

import json
from types import ModuleType

import httpx
import httpx2
from django.test import RequestFactory

from generations.compat.counter import denied
from generations.compat.denial import Denial, Why
from generations.compat.v1 import ARK, V1

AGAIN, ONCE = True, False
# what happened, its class in the openai SDK, which Ark's calls the same with its name in front, and whether both try again
TABLE = [
    (Why.REQUEST, "BadRequestError", ONCE),
    (Why.CONTENT, "BadRequestError", ONCE),
    (Why.RESULT, "BadRequestError", ONCE),
    (Why.TOKEN, "AuthenticationError", ONCE),
    (Why.RIGHT, "PermissionDeniedError", ONCE),
    (Why.BUDGET, "PermissionDeniedError", ONCE),
    (Why.PROVIDER, "PermissionDeniedError", ONCE),
    (Why.APPROVAL, "PermissionDeniedError", ONCE),
    (Why.ENGINE, "NotFoundError", ONCE),
    (Why.NOTHING, "NotFoundError", ONCE),
    (Why.METHOD, "APIStatusError", ONCE),
    (Why.LARGE, "APIStatusError", ONCE),
    (Why.TYPE, "APIStatusError", ONCE),
    (Why.KEY_USED, "UnprocessableEntityError", ONCE),
    (Why.FAILED, "UnprocessableEntityError", ONCE),
    (Why.UNKNOWN, "UnprocessableEntityError", ONCE),
    (Why.MANY, "RateLimitError", AGAIN),
    (Why.BROKE, "InternalServerError", AGAIN),
    (Why.BUSY, "InternalServerError", AGAIN),
    (Why.LATER, "InternalServerError", AGAIN),
]


def answer(door: object, why: Why) -> tuple[int, dict[str, str], bytes]:
    response = denied(door, RequestFactory().post("/v1/images/generations"), Denial(why, "Because.", "size", wait=2))
    return response.status_code, dict(response.headers), response.content


def test_every_no_is_in_the_table():
    assert [row[0] for row in TABLE] == list(Why)


def test_openai(openai: ModuleType):
    client = openai.OpenAI(api_key="x", base_url="http://127.0.0.1/v1")
    for why, expected, again in TABLE:
        status, headers, body = answer(V1, why)
        response = httpx2.Response(status, headers=headers, content=body, request=httpx2.Request("POST", "http://127.0.0.1"))
        error = client._make_status_error_from_response(response)
        assert (type(error), client._should_retry(response)) == (getattr(openai, expected), again), why
        assert (error.param, error.code, "Because." in error.message) == ("size", why.value.code, True), why


def test_ark(ark: ModuleType):
    client = ark.Ark(api_key="x", base_url="http://127.0.0.1/v1")
    for why, expected, again in TABLE:
        kind = getattr(ark._exceptions, f"Ark{expected}")
        status, headers, body = answer(ARK, why)
        response = httpx.Response(status, headers=headers, content=body, request=httpx.Request("POST", "http://127.0.0.1"))
        error = client._make_status_error_from_response(response, "1")
        assert (type(error), client._should_retry(response), error.code) == (kind, again, why.value.ark), why


def test_what_will_not_change_has_a_status_that_nobody_tries_again():
    """Also programs that do not know the header."""
    for why in [row[0] for row in TABLE if not row[2]]:
        assert why.value.status not in (408, 409, 425, 429), why
        assert why.value.status < 500, why
        assert answer(V1, why)[1]["X-Should-Retry"] == "false", why


def test_it_is_told_how_long_to_wait():
    assert answer(V1, Why.MANY)[1]["Retry-After"] == "2"
    assert json.loads(answer(V1, Why.MANY)[2])["error"]["type"] == "rate_limit_error"
