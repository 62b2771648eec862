"""Doors that answer with a task: at once, with an id as the provider writes it; and what is answered to whoever asks for it."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from generations.calling import waiting
from generations.compat.task import STYLES
from generations.dialects.outcome import Finished, Pending
from generations.models import Generation, Scope, Status, Team, User
from tests.cast import person
from tests.compat.program import FORM, LITE, Program, drawing, read, started, task_of
from tests.filed import filed
from tests.made import made, pictured, sandbox

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("dialect", ["tensorslab", "apimart"])

ENGINES = {"tensorslab": "tensorslab/seedream-4.5", "apimart": "apimart/seedream-5.0-lite"}
NOBODYS = {"tensorslab": (200, "There is no such task."), "apimart": (404, "There is no such task.")}


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    for engine in ENGINES.values():
        sandbox(engine)
    return Program(designer, team)


def said(answer: Any) -> str:
    body = answer.json()
    return str(body.get("msg") or body["error"]["message"])


def test_tensorslab_names_a_task(program: Program) -> None:
    answer = program.submit("tensorslab")
    assert answer.status_code == 200
    task = STYLES["tensorslab"].write(started(answer).uid)
    assert answer.json() == {"code": 1000, "msg": "Task created successfully", "data": {"taskid": task}}


def test_apimart_names_a_task(program: Program) -> None:
    answer = program.submit("apimart")
    task = STYLES["apimart"].write(started(answer).uid)
    assert (answer.status_code, answer.json()) == (200, {"code": 200, "data": [{"status": "submitted", "task_id": task}]})


def test_for_a_program_that_has_hung_up_no_task_is_begun(program: Program) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        answer = program.client.post("/compat/tensorslab/v1/images/seedreamv45", FORM, **{"gunicorn.socket": ours})
    assert (answer.status_code, Generation.objects.count()) == (499, 0)


def test_apimart_names_it_in_its_newer_way_to_those_who_ask_so(program: Program) -> None:
    answer = program.post("/apimart/v1/images/generations", LITE, X_APIMart_Response_Version="2026-07-27")
    data = answer.json()["data"]
    assert (answer.status_code, data["object"], data["poll_url"]) == (202, "image.task", f"/v1/tasks/{data['id']}")


def test_what_was_asked_for_is_made(program: Program) -> None:
    program.submit("apimart", images=3)
    generation = started(program.send("/tensorslab/v1/images/seedreamv45", prompt="a kite", resolution="2848x1600", batchsize="2"))
    request = generation.asked()
    assert (request.prompt, request.images, str(request.size), generation.token) == ("a kite", 2, "2848x1600", program.token)


@both
def test_no_answer_is_kept_by_anybody_on_its_way(dialect: str, program: Program) -> None:
    answer = program.submit(dialect)
    told = program.ask(dialect, task_of(answer))
    assert answer["Cache-Control"] == told["Cache-Control"] == "no-store"
    assert told["X-Generation"] == answer["X-Generation"]


@both
def test_a_key_without_the_word_bearer_is_for_tensorslab_alone(dialect: str, program: Program) -> None:
    program.client.defaults["HTTP_AUTHORIZATION"] = program.text
    assert program.submit(dialect).status_code == {"tensorslab": 200, "apimart": 401}[dialect]


def test_fields_that_say_nothing_here_are_taken_and_reported(program: Program) -> None:
    answer = program.post("/apimart/v1/images/generations", LITE | {"quality": "hd", "style": None, "watermark": None})
    assert (answer.status_code, answer["X-Ignored-Fields"]) == (200, "quality")
    assert program.send("/tensorslab/v1/images/seedreamv45", prompt="a kite", seed="7")["X-Ignored-Fields"] == "seed"


@pytest.fixture
def crowded() -> Iterator[None]:
    """All places for those who wait are taken."""
    with ExitStack() as stack:
        for token in range(settings.WEB_WAITING):
            stack.enter_context(waiting.place(-token))
        yield


@both
def test_a_request_and_a_question_take_no_place_from_those_who_wait(dialect: str, program: Program, crowded: None) -> None:
    answer = program.submit(dialect)
    assert (answer.status_code, program.ask(dialect, task_of(answer)).status_code) == (200, 200)


def test_what_has_to_be_fetched_or_is_large_waits_where_others_wait(program: Program, crowded: None) -> None:
    file = BytesIO(bytes(2 * 1024 * 1024))
    answers = [
        program.post("/apimart/v1/images/generations", LITE | {"image_urls": ["https://example.com/ref1.png"]}),
        program.send("/tensorslab/v1/images/seedreamv45", prompt="a kite", sourceImage=file),
        program.send("/apimart/v1/uploads/images", file=drawing()),
    ]
    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(429, "2")] * 3


# --- how it is ---

STATES = [
    (Status.ASKING, Pending(False, 0)),
    (Status.QUEUED, Pending(False, 0)),
    (Status.SENDING, Pending(True, 10)),
    (Status.WAITING, Pending(True, 50)),
    (Status.COLLECTING, Pending(True, 90)),
]


@both
@pytest.mark.parametrize(("status", "state"), STATES)
def test_what_runs_is_pending(dialect: str, status: Status, state: Pending, program: Program, designer: User, team: Team) -> None:
    task = STYLES[dialect].write(made(designer, team, status).uid)
    found = read(dialect, task, program.ask(dialect, task))
    assert isinstance(found, Pending)
    assert found.running == state.running
    assert dialect == "tensorslab" or found.progress == state.progress  # which tells no progress


@both
def test_what_is_done_is_answered_with_links_that_lead_to_the_originals(dialect: str, program: Program, designer: User, team: Team) -> None:
    generation = made(designer, team)
    contents = [filed(image) for image in pictured(generation, 2)]
    task = STYLES[dialect].write(generation.uid)
    found = read(dialect, task, program.ask(dialect, task))
    assert isinstance(found, Finished)
    links = [item.link for item in found.pictures]
    assert [program.client.get(link).content for link in links] == contents


def test_a_program_is_told_the_name_that_it_knows(program: Program, designer: User, team: Team) -> None:
    generation = made(designer, team)
    filed(*pictured(generation))
    told = program.ask("tensorslab", STYLES["tensorslab"].write(generation.uid)).json()["data"]
    assert (told["image_status"], told["category"], told["width"], told["height"]) == (3, "seedreamv5", 640, 360)


@both
def test_a_task_is_answered_for_as_long_as_it_is_there(dialect: str, program: Program, designer: User, team: Team) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    generation = made(designer, team, created_at=long_ago, finished_at=long_ago)
    filed(*pictured(generation))
    task = STYLES[dialect].write(generation.uid)
    assert isinstance(read(dialect, task, program.ask(dialect, task)), Finished)


def test_links_are_signed_anew_with_each_question(program: Program, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    generation = made(designer, team)
    filed(*pictured(generation))
    task = STYLES["apimart"].write(generation.uid)
    first = program.ask("apimart", task).json()["data"]["result"]["images"][0]
    monkeypatch.setattr("time.time", lambda: parse_datetime("2099-01-01T00:00:00Z").timestamp())  # type: ignore[union-attr]
    (later,) = program.ask("apimart", task).json()["data"]["result"]["images"]
    assert program.client.get(first["url"][0]).status_code == 404
    assert program.client.get(later["url"][0]).status_code == 200


@both
def test_a_question_costs_few_queries(dialect: str, program: Program, designer: User, team: Team, django_assert_num_queries: Any) -> None:
    generation = made(designer, team)
    for image in pictured(generation, 4):
        filed(image)
    task = STYLES[dialect].write(generation.uid)
    program.ask(dialect, task)  # that the token was used is written down once a minute
    with django_assert_num_queries(4):  # the token, its member, the generation, its images
        program.ask(dialect, task)


# --- whose it is ---


@both
def test_other_teams_and_what_never_was_are_no_tasks(dialect: str, program: Program, stranger: User, other_team: Team) -> None:
    theirs = STYLES[dialect].write(made(stranger, other_team).uid)
    for task in (theirs, STYLES[dialect].write(uuid4()), "task_unheard-of", "x" * 300, "一"):
        answer = program.ask(dialect, task)
        assert (answer.status_code, said(answer)) == NOBODYS[dialect]


@both
def test_what_is_private_to_somebody_is_no_task_for_others(dialect: str, team: Team, designer: User, program: Program, admin: User) -> None:
    task = STYLES[dialect].write(made(designer, team, Status.QUEUED, private=True).uid)
    other = Program(person("Otto Other", team, program.token.user.memberships.get().role), team)
    assert said(other.ask(dialect, task)) == "There is no such task."
    assert isinstance(read(dialect, task, program.ask(dialect, task)), Pending)
    assert isinstance(read(dialect, task, Program(admin, team).ask(dialect, task)), Pending)


@both
def test_a_program_that_only_makes_images_asks_only_for_its_own(dialect: str, program: Program, designer: User, team: Team) -> None:
    maker = Program(designer, team, (Scope.GENERATE,))
    task = task_of(maker.submit(dialect))
    assert isinstance(read(dialect, task, maker.ask(dialect, task)), Pending)
    assert said(maker.ask(dialect, task_of(program.submit(dialect)))) == "There is no such task."


@both
def test_a_program_that_only_looks_makes_nothing(dialect: str, program: Program, designer: User, team: Team) -> None:
    reader = Program(designer, team, (Scope.READ,))
    assert reader.submit(dialect).status_code == 403
    task = task_of(program.submit(dialect))
    assert isinstance(read(dialect, task, reader.ask(dialect, task)), Pending)


def test_a_program_that_says_it_tries_again_gets_the_task_it_has_not_heard_of(program: Program) -> None:
    heard, lost = program.submit("apimart"), program.submit("apimart")
    assert b"".join(heard) == heard.content  # as far as its last byte
    again = program.post("/apimart/v1/images/generations", LITE, X_Stainless_Retry_Count="1")
    assert task_of(again) == task_of(lost)
    assert again["Idempotency-Replayed"] == "true"


def test_what_was_heard_is_not_what_another_try_is_about(program: Program) -> None:
    first = program.submit("apimart")
    second = program.submit("apimart")
    for answer in (first, second):
        assert list(answer)
    again = program.post("/apimart/v1/images/generations", LITE, X_Stainless_Retry_Count="1")
    assert task_of(again) == task_of(second)


@pytest.mark.parametrize("door", ["apimart", "anyfast"])
def test_a_key_is_tried_by_asking_for_the_engines(door: str, program: Program) -> None:
    names = {entry["id"] for entry in program.get(f"/{door}/v1/models").json()["data"]}
    assert {"doubao-seedream-5-0-lite", "seedreamv45"} <= names
