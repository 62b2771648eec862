"""The API over the wire, with real workers and a provider that keeps a ledger."""

import subprocess
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
import pytest

from generations.api.docs import begin
from tests.api.caller import KITE
from tests.servers.studio import Crew, Shared

pytestmark = pytest.mark.stack


@pytest.fixture
def api(studio: Shared, crew: Crew) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{studio.address}/api", headers={"Authorization": f"Bearer {crew.token}"}, timeout=120) as client:
        yield client


def test_a_call_that_waits_comes_back_with_its_images(studio: Shared, api: httpx.Client):
    asked = KITE | {"prompt": f"A red kite, {uuid4()}", "wait": 60}
    answer = api.post("/generations", json=asked, headers={"Idempotency-Key": "kite"})
    told = answer.json()
    assert (answer.status_code, told["status"], told["ended"]) == (200, "done", True)
    (image,) = told["images"]
    assert (image["width"], image["height"], told["money"]["word"]) == (2848, 1600, "charged")
    assert sha256(httpx.get(image["url"], timeout=120).content).hexdigest() == image["sha256"]
    again = api.post("/generations", json=asked, headers={"Idempotency-Key": "kite"})
    assert (again.status_code, again.json()["id"]) == (200, told["id"])
    (line,) = [one for one in studio.ledger if one["task"] == told["attempts"][0]["task"]]
    assert sum(one["digest"] == line["digest"] for one in studio.ledger) == 1


def test_when_the_time_is_over_it_says_where_to_ask(api: httpx.Client):
    answer = api.post("/generations", json=KITE | {"prompt": "A slow kite [drill:slow]", "wait": 1})
    assert answer.status_code in (200, 202)
    assert api.get(answer.headers["Location"]).json()["id"] == answer.headers["X-Generation"]


def test_what_the_docs_begin_with_works_as_it_is_printed(studio: Shared, crew: Crew, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("STUDIO_TOKEN", crew.token)
    for text in (begin.PYTHON, f"{begin.PYTHON}\n{begin.PAGES_PYTHON}"):
        names: dict[str, Any] = {}
        exec(begin.filled(text, studio.address), names)  # noqa: S102
        names["studio"].close()
        assert f"{studio.address}/pictures/" in capsys.readouterr().out
    first = begin.filled(begin.CURL, studio.address).partition("\n")[2]
    called = subprocess.run(["bash", "-c", f"{first} --fail --silent"], capture_output=True, text=True, check=True)
    assert crew.email in called.stdout
