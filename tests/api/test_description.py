"""The API against what it says of itself: whatever may be asked by it is answered as it says, and never with a fault of ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import cycle
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from generations.api import addresses  # noqa: F401  # all operations are known from here on
from generations.api.errors import Fault
from generations.api.schema import JSON, document, operations
from generations.api.shapes import Shape
from generations.models import User
from tests.api.caller import KITE, called
from tests.api.within import STUDIO, session

pytestmark = pytest.mark.django_db

CHECKS = ("status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance")
FEW = settings(
    max_examples=4,  # one for each role
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
SHARES = 4  # for so many processes
NAMED = {"generations": "generation", "images": "image", "collections": "collection", "uploads": "sha256"}


@pytest.fixture(scope="module")
def schemathesis() -> ModuleType:
    """Every test process reads this file and few get to use it, so what is large is read here."""
    return import_module("schemathesis")


@pytest.fixture
def bearers(viewer: User, designer: User, reviewer: User, admin: User) -> Iterator[str]:
    return cycle([called(user).defaults["HTTP_AUTHORIZATION"] for user in (admin, designer, reviewer, viewer)])


@pytest.mark.parametrize("share", range(SHARES))
def test_it_answers_as_it_says(
    share: int, subtests: pytest.Subtests, found: dict[str, Any], bearers: Iterator[str], schemathesis: ModuleType
):
    checks = [getattr(import_module("schemathesis.specs.openapi.checks"), name) for name in CHECKS]
    inside = session()

    def ask(case: Any) -> None:
        response = case.call(base_url=STUDIO, session=inside, headers={"Authorization": next(bearers)})
        assert response.status_code < 500, response.text
        case.validate_response(response, checks=checks)
        if response.status_code >= 400:
            Fault.model_validate_json(response.content)

    for operation in list(schemathesis.openapi.from_dict(document(STUDIO)).get_all_operations())[share::SHARES]:
        with subtests.test(operation.ok().label), undone():
            put(operation.ok(), schemathesis.GenerationMode.POSITIVE, lambda case: ask(meant(case, found)))
            put(operation.ok(), schemathesis.GenerationMode.NEGATIVE, ask)


def put(operation: Any, mode: Any, ask: Callable[[Any], None]) -> None:
    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        ask(case)

    each()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever was done: the next operation finds things as they were."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def meant(case: Any, found: dict[str, Any]) -> Any:
    """About things that there are: what nobody has is soon answered."""
    kind = case.path.split("/")[2]
    for name in case.path_parameters or {}:
        case.path_parameters[name] = str(found.get(NAMED.get(f"{name}s" if name != "id" else kind, ""), case.path_parameters[name]))
    if isinstance(case.body, dict) and "link" in case.body:
        case.body = {"link": "http://127.0.0.1:9/kite.png"}  # no test calls others
    if isinstance(case.body, dict) and "prompt" in case.body:
        case.body = {name: value for name, value in case.body.items() if name not in ("collection", "parent")} | KITE
        case.body["wait"] = min(case.body.get("wait") or 0, 1)  # nobody makes it here
    return case


def test_every_shape_has_a_name_of_its_own():
    """Or one would stand for another in the description."""
    names = [shape.__name__ for shape in shapes(Shape)]
    assert sorted(names) == sorted(set(names))


def test_every_operation_shows_what_it_takes_and_gives():
    for operation in operations(document(STUDIO)):
        contents = operation.get("requestBody", {}).get("content", {})
        assert all("example" in content for kind, content in contents.items() if kind == JSON), operation["operationId"]
        assert {"401", "403", "429", "default"} <= set(operation["responses"]), operation["operationId"]
        for status, response in operation["responses"].items():
            assert all("example" in content for kind, content in response.get("content", {}).items() if kind == JSON), status


def test_every_example_is_as_its_shape_says():
    jsonschema_rs = import_module("jsonschema_rs")
    found = document(STUDIO)
    for operation in operations(found):
        for content in exemplified(operation):
            schema = {**content["schema"], "components": found["components"]}
            problems = [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(content["example"])]
            assert not problems, operation["operationId"]


def shapes(shape: type) -> Iterator[type]:
    for one in shape.__subclasses__():
        yield one
        yield from shapes(one)


def exemplified(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for found in [operation.get("requestBody", {}), *operation["responses"].values()]:
        yield from (content for kind, content in found.get("content", {}).items() if kind == JSON)
