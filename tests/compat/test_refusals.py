"""What each no becomes in the official SDKs: its class, and whether they try again by themselves."""

import json

import httpx
import httpx2
import openai
from django.test import RequestFactory
from openai import OpenAI
from volcenginesdkarkruntime import Ark
from volcenginesdkarkruntime import _exceptions as ark

from generations.compat.counter import denied
from generations.compat.denial import Denial, Why
from generations.compat.v1 import ARK, V1

AGAIN, ONCE = True, False
# what happened, its class in the openai SDK, in Ark's, and whether both try again
TABLE = [
    (Why.REQUEST, openai.BadRequestError, ark.ArkBadRequestError, ONCE),
    (Why.CONTENT, openai.BadRequestError, ark.ArkBadRequestError, ONCE),
    (Why.RESULT, openai.BadRequestError, ark.ArkBadRequestError, ONCE),
    (Why.TOKEN, openai.AuthenticationError, ark.ArkAuthenticationError, ONCE),
    (Why.RIGHT, openai.PermissionDeniedError, ark.ArkPermissionDeniedError, ONCE),
    (Why.BUDGET, openai.PermissionDeniedError, ark.ArkPermissionDeniedError, ONCE),
    (Why.PROVIDER, openai.PermissionDeniedError, ark.ArkPermissionDeniedError, ONCE),
    (Why.APPROVAL, openai.PermissionDeniedError, ark.ArkPermissionDeniedError, ONCE),
    (Why.ENGINE, openai.NotFoundError, ark.ArkNotFoundError, ONCE),
    (Why.NOTHING, openai.NotFoundError, ark.ArkNotFoundError, ONCE),
    (Why.METHOD, openai.APIStatusError, ark.ArkAPIStatusError, ONCE),
    (Why.LARGE, openai.APIStatusError, ark.ArkAPIStatusError, ONCE),
    (Why.TYPE, openai.APIStatusError, ark.ArkAPIStatusError, ONCE),
    (Why.KEY_USED, openai.UnprocessableEntityError, ark.ArkUnprocessableEntityError, ONCE),
    (Why.FAILED, openai.UnprocessableEntityError, ark.ArkUnprocessableEntityError, ONCE),
    (Why.UNKNOWN, openai.UnprocessableEntityError, ark.ArkUnprocessableEntityError, ONCE),
    (Why.MANY, openai.RateLimitError, ark.ArkRateLimitError, AGAIN),
    (Why.BROKE, openai.InternalServerError, ark.ArkInternalServerError, AGAIN),
    (Why.BUSY, openai.InternalServerError, ark.ArkInternalServerError, AGAIN),
    (Why.LATER, openai.InternalServerError, ark.ArkInternalServerError, AGAIN),
]


def answer(door: object, why: Why) -> tuple[int, dict[str, str], bytes]:
    response = denied(door, RequestFactory().post("/v1/images/generations"), Denial(why, "Because.", "size", wait=2))
    return response.status_code, dict(response.headers), response.content


def test_every_no_is_in_the_table():
    assert [row[0] for row in TABLE] == list(Why)


def test_openai():
    client = OpenAI(api_key="x", base_url="http://127.0.0.1/v1")
    for why, expected, _ark, again in TABLE:
        status, headers, body = answer(V1, why)
        response = httpx2.Response(status, headers=headers, content=body, request=httpx2.Request("POST", "http://127.0.0.1"))
        error = client._make_status_error_from_response(response)
        assert (type(error), client._should_retry(response)) == (expected, again), why
        assert (error.param, error.code, "Because." in error.message) == ("size", why.value.code, True), why


def test_ark():
    client = Ark(api_key="x", base_url="http://127.0.0.1/v1")
    for why, _openai, expected, again in TABLE:
        status, headers, body = answer(ARK, why)
        response = httpx.Response(status, headers=headers, content=body, request=httpx.Request("POST", "http://127.0.0.1"))
        error = client._make_status_error_from_response(response, "1")
        assert (type(error), client._should_retry(response), error.code) == (expected, again, why.value.ark), why


def test_what_will_not_change_has_a_status_that_nobody_tries_again():
    """Also programs that do not know the header."""
    for why in [row[0] for row in TABLE if not row[3]]:
        assert why.value.status not in (408, 409, 425, 429), why
        assert why.value.status < 500, why
        assert answer(V1, why)[1]["X-Should-Retry"] == "false", why


def test_it_is_told_how_long_to_wait():
    assert answer(V1, Why.MANY)[1]["Retry-After"] == "2"
    assert json.loads(answer(V1, Why.MANY)[2])["error"]["type"] == "rate_limit_error"
