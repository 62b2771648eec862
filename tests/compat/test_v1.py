"""The gateway door without a network: what a call becomes, and what its script is told."""

import base64
import json
from hashlib import sha256
from logging import WARNING
from typing import Any

import pytest
from django.http import HttpResponse

from generations.compat import v1
from generations.dialects import faults
from generations.dialects.faults import Fault
from generations.models import Budget, Generation, Image, Review, Role, Status, Team, User
from generations.pipeline import choices
from tests.cast import person
from tests.compat.program import drawing
from tests.compat.script import ENGINE, KITE, URI, Script, code
from tests.made import sandbox
from tests.pipeline.provider import Provider, lost, refuse
from tests.pipeline.steps import Steps

pytestmark = pytest.mark.django_db


def ended(script: Script, driver: Steps, body: dict[str, Any] = KITE, **headers: str) -> HttpResponse:
    """Asked, made, and asked again."""
    assert script.send(body, **headers).status_code == 504
    driver.settle()
    return script.send(body, X_Stainless_Retry_Count="1", **headers)


def read(answer: HttpResponse) -> Any:
    """As a server would take it."""
    return json.loads(b"".join(answer))


# --- what it becomes ---


def test_a_request_as_it_was_meant(script: Script):
    group = {"sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": 3}}
    script.send(
        KITE | group | {"n": 2, "size": "2048x2048", "watermark": False, "image": [URI, URI.partition(",")[2]], "output_format": "png"}
    )
    asked = Generation.objects.get().asked()
    assert (asked.images, str(asked.size), asked.watermark, asked.format, len(asked.references)) == (3, "2048x2048", False, "png", 2)


@pytest.mark.parametrize(("changes", "images"), [({"n": 4}, 4), ({"n": 4, "sequential_image_generation": "auto"}, 4), ({"n": None}, 1)])
def test_n_is_honoured(changes: dict[str, Any], images: int, script: Script):
    script.send(KITE | changes)
    assert Generation.objects.get().asked().images == images


def test_nulls_are_as_if_they_were_not_there(script: Script):
    names = (
        "image",
        "size",
        "seed",
        "n",
        "guidance_scale",
        "watermark",
        "tools",
        "stream",
        "sequential_image_generation",
        "user",
        "quality",
    )
    answer = script.send(KITE | dict.fromkeys(names))
    assert answer.status_code == 504
    assert "X-Ignored-Fields" not in answer


def test_what_says_nothing_is_named(script: Script, driver: Steps):
    answer = ended(script, driver, KITE | {"quality": "hd", "seed": 5, "evil\r\nSet-Cookie: a": 1, "ü": 1})
    assert answer["X-Ignored-Fields"] == "quality, seed"


def test_but_not_what_nobody_said(script: Script):
    """A watermark is on unless one says no; this engine knows none."""
    sandbox("tensorslab/seedream-5.0-lite")
    assert "X-Ignored-Fields" not in script.send(KITE | {"model": "tensorslab/seedream-5.0-lite"})


def test_an_edit_needs_a_picture(script: Script):
    assert code(script.client.post("/v1/images/edits", KITE))[0] == 400
    assert code(script.send(KITE, "/v1/images/edits"))[0] == 400


def test_an_edit_as_a_form(script: Script):
    script.client.post(
        "/v1/images/edits", KITE | {"n": "2", "size": "2K", "watermark": "false", "image[]": [drawing("red"), drawing("blue")]}
    )
    asked = Generation.objects.get().asked()
    assert (asked.images, asked.tier, asked.watermark, len(asked.references)) == (2, "2K", False, 2)


@pytest.mark.parametrize("body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'])
def test_a_form_that_is_none(body: bytes, script: Script):
    assert code(script.send(body, "/v1/images/edits", type="multipart/form-data; boundary=x"))[0] == 400


# --- what is told ---


def test_a_link_that_is_told_is_told_once(script: Script, driver: Steps):
    answer = ended(script, driver)
    generation = Generation.objects.get(uid=answer["X-Generation"])
    assert generation.answered_at is None
    assert read(answer)["data"][0]["url"].startswith("http://testserver/pictures/")
    generation.refresh_from_db()
    assert generation.answered_at


def test_a_picture_in_the_answer_is_the_original(script: Script, driver: Steps):
    body = KITE | {"response_format": "b64_json", "n": 2}
    answer = read(ended(script, driver, body))
    assert len(answer["data"]) == 2
    assert answer["created"]
    assert answer["usage"]["generated_images"] == 2
    originals = [image.sha256 for image in Image.objects.order_by("index")]
    assert [sha256(base64.b64decode(one["b64_json"])).hexdigest() for one in answer["data"]] == originals


def test_while_originals_are_sealed_a_smaller_copy_is_told(script: Script, driver: Steps, team: Team):
    Team.objects.filter(pk=team.pk).update(sealed=True)
    body = KITE | {"response_format": "b64_json"}
    answer = read(ended(script, driver, body))
    assert base64.b64decode(answer["data"][0]["b64_json"])[8:12] == b"WEBP"
    Image.objects.update(review=Review.APPROVED)
    again = read(script.send(body, X_Stainless_Retry_Count="1"))
    assert sha256(base64.b64decode(again["data"][0]["b64_json"])).hexdigest() == Image.objects.get().sha256


def test_a_stream_of_what_is_there(script: Script, driver: Steps):
    script.send(KITE | {"n": 2})
    driver.settle()
    answer = script.send(KITE | {"n": 2, "stream": True}, X_Stainless_Retry_Count="1")
    lines = b"".join(answer).decode().split("\n\n")
    assert [line.partition("\n")[0] for line in lines[:3]] == [
        "event: image_generation.partial_succeeded",
        "event: image_generation.partial_succeeded",
        "event: image_generation.completed",
    ]
    assert lines[3:] == ["data: [DONE]", ""]
    assert Generation.objects.get().answered_at


def test_a_longer_wait_is_another_call(script: Script, caplog: pytest.LogCaptureFixture):
    answer = script.send(KITE)
    assert not [record for record in caplog.records if record.levelno >= WARNING]  # it is nobody's fault
    assert (*code(answer), answer["Retry-After"], answer["X-Should-Retry"]) == (504, "still_running", "1", "true")
    assert script.send(KITE, X_Stainless_Retry_Count="1")["X-Generation"] == answer["X-Generation"]
    assert Generation.objects.count() == 1


def test_what_nobody_knows_is_not_tried_again(script: Script, driver: Steps, provider: Provider):
    provider.usual = lost()
    answer = ended(script, driver)
    assert (*code(answer), answer["X-Should-Retry"]) == (422, "outcome_unknown", "false")
    assert "may have been charged" in answer.json()["error"]["message"]


ENDS = [
    (faults.WORDS, 400, "sensitive_words_detected", "Change the words"),
    (faults.SIZE, 400, "InvalidParameter", "Pick another ratio"),
    (faults.REFERENCE, 400, "InvalidParameter", "Use another picture"),
    (faults.KEY, 403, "provider_account", "An administrator has to replace the key"),
    (faults.BALANCE, 403, "provider_account", "An administrator has to top it up"),
    (faults.FORBIDDEN, 403, "provider_account", "An administrator has to open it"),
    (faults.LIMIT, 403, "provider_account", "An administrator has to raise it"),
    (faults.GONE, 404, "model_not_found", "Pick another engine"),
]


@pytest.mark.parametrize(("fault", "status", "name", "said"), ENDS, ids=[str(row[0].next) + str(place) for place, row in enumerate(ENDS)])
def test_what_the_provider_refused(fault: Fault, status: int, name: str, said: str, script: Script, driver: Steps, provider: Provider):
    provider.usual = refuse(fault)
    answer = ended(script, driver)
    assert (*code(answer), answer["X-Should-Retry"]) == (status, name, "false")
    assert said in answer.json()["error"]["message"]
    assert answer["X-Generation"] == str(Generation.objects.get().uid)


def test_what_was_cancelled(script: Script, designer: User):
    script.send(KITE)
    choices.stop(Generation.objects.get(), designer)
    assert code(script.send(KITE, X_Stainless_Retry_Count="1")) == (422, "generation_failed")


def test_no_budget_is_nothing_to_try_again(script: Script, team: Team):
    Budget.objects.create(team=team, hard=1)
    answer = script.send(KITE)
    assert (*code(answer), answer["X-Should-Retry"]) == (403, "insufficient_user_quota", "false")
    assert "$0.04" in answer.json()["error"]["message"]


def test_a_price_that_has_to_be_allowed(script: Script, team: Team):
    Team.objects.filter(pk=team.pk).update(ask_above=1)
    answer = script.send(KITE)
    generation = Generation.objects.get()
    assert (*code(answer), generation.status) == (403, "approval_needed", Status.ASKING)
    assert f"http://testserver/api/generations/{generation.uid}" in answer.json()["error"]["message"]


def test_an_engine_that_the_team_does_not_use(script: Script, team: Team):
    Team.objects.filter(pk=team.pk).update(engines=["apimart/seedream-5.0-lite"])
    assert code(script.send(KITE)) == (404, "model_not_found")


def test_engines_that_a_program_can_name(script: Script, team: Team):
    names = [one["id"] for one in script.client.get("/v1/models").json()["data"]]
    assert names[:2] == ["gateway/seedream-5.0", "gateway/seedream-4.5"]
    assert {ENGINE, "doubao-seedream-4-0-250828"} <= set(names)
    assert script.client.get("/v1/models/gateway/seedream-5.0").json()["object"] == "model"
    Team.objects.filter(pk=team.pk).update(engines=["apimart/seedream-5.0-lite"])
    assert script.client.get("/v1/models").json()["data"] == []


def test_sentences_in_the_programs_language(script: Script):
    assert "字" in script.send(KITE | {"prompt": "x" * 20_000}, Accept_Language="zh-hans").json()["error"]["message"]


def test_a_viewer_makes_nothing(team: Team):
    assert code(Script(person("Vic Viewer", team, Role.VIEWER), team).send(KITE)) == (403, "access_denied")


def test_what_breaks_on_our_side_is_no_page(script: Script, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(v1, "order", lambda *call: 1 / 0)
    answer = script.send(KITE)
    assert (*code(answer), answer["X-Should-Retry"]) == (500, "studio_error", "true")
