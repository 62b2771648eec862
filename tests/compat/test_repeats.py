"""One request is one accepted call, however often its program tries: counted by the provider."""

from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import pytest

from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import Size
from generations.dialects.dialect import Asked
from generations.sandbox.order import digest
from tests.compat.cutter import cutter, together
from tests.servers.studio import Crew, Shared

pytestmark = pytest.mark.stack

ENGINE, SIZE = "doubao-seedream-3-0-t2i-250415", "512x512"  # small pictures are quickly made, and nobody looks at them
PATH = "/v1/images/generations"


@pytest.fixture
def prompt() -> str:
    """Unlike every other; the provider takes three seconds for it, so that no call that is cut off is answered before."""
    return f"[drill:takes=600] kite {uuid4()}"


def paid(studio: Shared, prompt: str) -> int:
    request = GenerationRequest("", prompt, size=Size(512, 512), watermark=True)
    mark = digest(Asked(ENGINE, request), request)
    return sum(line["digest"] == mark for line in studio.ledger)


def post(studio: Shared, crew: Crew, prompt: str, **headers: str) -> httpx.Response:
    named = {"Authorization": f"Bearer {crew.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return httpx.post(
        studio.address + PATH, json={"model": ENGINE, "prompt": prompt, "size": SIZE}, headers=named, timeout=120, trust_env=False
    )


def ask(client: Any, prompt: str) -> str:
    return str(client.images.generate(model=ENGINE, prompt=prompt, size=SIZE).data[0].url)


@pytest.mark.parametrize("answers", [False, True], ids=["while it waits", "as the answer comes"])
def test_openai_finds_again_what_a_broken_connection_left_behind(
    answers: bool, openai: ModuleType, studio: Shared, crew: Crew, prompt: str
):
    with cutter(studio.port, cuts=2, answers=answers) as line:
        assert ask(openai.OpenAI(base_url=f"{line.address}/v1", api_key=crew.token), prompt)
    assert (line.calls, paid(studio, prompt)) == (3, 1)


def test_so_does_ark_though_it_does_not_say_that_it_repeats_itself(ark: ModuleType, studio: Shared, crew: Crew, prompt: str):
    with cutter(studio.port, cuts=2) as line:
        assert ask(ark.Ark(base_url=f"{line.address}/v1", api_key=crew.token), prompt)
    assert (line.calls, paid(studio, prompt)) == (3, 1)


def test_so_does_a_plain_client_that_calls_again_at_once(studio: Shared, crew: Crew, prompt: str):
    named, body = {"Authorization": f"Bearer {crew.token}"}, {"model": ENGINE, "prompt": prompt, "size": SIZE}
    with cutter(studio.port) as line, httpx.Client(headers=named, timeout=120, trust_env=False) as client:
        with pytest.raises(httpx.TransportError):
            client.post(line.address + PATH, json=body)
        assert client.post(line.address + PATH, json=body).status_code == 200
    assert (line.calls, paid(studio, prompt)) == (2, 1)


def test_two_pictures_that_are_wanted_at_once_are_two(ark: ModuleType, studio: Shared, crew: Crew, prompt: str):
    client = ark.Ark(base_url=f"{studio.address}/v1", api_key=crew.token)
    urls = together(*[lambda: ask(client, prompt)] * 2)
    assert len(set(urls)) == 2
    assert paid(studio, prompt) == 2


def test_what_was_answered_is_made_anew(openai: ModuleType, studio: Shared, crew: Crew):
    prompt = f"Another kite {uuid4()}"
    client = openai.OpenAI(base_url=f"{studio.address}/v1", api_key=crew.token)
    assert ask(client, prompt) != ask(client, prompt)
    assert paid(studio, prompt) == 2


def test_tries_at_the_same_moment_are_one(openai: ModuleType, studio: Shared, crew: Crew, prompt: str):
    def call() -> httpx.Response:
        return post(studio, crew, prompt, X_Stainless_Retry_Count="1")

    with cutter(studio.port) as line, pytest.raises(openai.APIConnectionError):
        ask(openai.OpenAI(base_url=f"{line.address}/v1", api_key=crew.token, max_retries=0), prompt)
    found = together(call, call, call)
    assert [one.status_code for one in found] == [200] * 3
    assert len({one.headers["x-generation"] for one in found}) == 1
    assert paid(studio, prompt) == 1


def test_a_key_makes_it_one_whoever_says_it(studio: Shared, crew: Crew, prompt: str):
    found = together(
        *[lambda: post(studio, crew, prompt, Idempotency_Key="my-7"), lambda: post(studio, crew, prompt, X_Client_Request_Id="my-7")]
    )
    assert len({one.headers["x-generation"] for one in found}) == paid(studio, prompt) == 1
    other = post(studio, crew, prompt + " another", Idempotency_Key="my-7")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_used")


def test_what_may_have_been_charged_is_not_tried_again(openai: ModuleType, studio: Shared, crew: Crew):
    prompt = f"[drill:500] kite {uuid4()}"
    with cutter(studio.port, cuts=0) as line, pytest.raises(openai.UnprocessableEntityError, match="may have been charged"):
        ask(openai.OpenAI(base_url=f"{line.address}/v1", api_key=crew.token), prompt)
    assert (line.calls, paid(studio, prompt)) == (1, 1)
