"""What the API says of itself: OpenAPI 3.1, with an example of every request and every answer. The docs page is drawn from it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext_noop as _

from generations.api import examples
from generations.api.frame import Example, api

METHODS = ("post", "get", "put", "patch", "delete")
JSON = "application/json"

ABOUT = (
    "Images from hosted Seedream-family engines, with your team's history, budget and review around them. Every call carries a token: "
    "`Authorization: Bearer sk-studio-…`. Times are UTC, money is in whole millionths. Lists come in pages: follow `next` until it is "
    "null. Every error has one shape; its `code` is stable, its `message` is for people. Fields that we do not know are taken, and "
    "named in `ignored`."
)
GROUPS = {
    "Start": _("Does the token work, and what may it do?"),
    "Engines": _("What can be asked for, at what price."),
    "Generations": _("Check, create, wait, look, stop, run again."),
    "Images": _("What came of it."),
    "Media": _("Pictures that go in as references."),
    "Collections": _("Named sets of images, in order."),
    "Reviews": _("Ask whether an image is good, and decide."),
    "Usage": _("What was spent, and on what."),
}
REASONS = {
    400: _("The body cannot be read. Nothing was done."),
    401: _("No token, or one that does not work."),
    403: _("The token or its person may not do that."),
    404: _("Not there, or not for this token: both answer alike."),
    409: _("It is no longer as it was."),
    412: _("It is no longer as it was said to be: look again."),
    413: _("The body is too large."),
    415: _("The body is of another kind."),
    422: _("It cannot be done as it was asked: every problem is named. Nothing was written and nothing was charged."),
    429: _("Too many calls, or no place to wait. Retry-After says how long."),
    503: _("Busy with others of the same. Try again in a moment."),
}
FAULT = {"$ref": "#/components/schemas/Fault"}
OTHERS = "Anything else that went wrong, also in this shape: 405 for a method that is not done there, 500 for a fault of ours."


def document(origin: str) -> dict[str, Any]:
    return {**described(), "servers": [{"url": origin, "description": "This studio"}]}


@cache
def described() -> dict[str, Any]:
    found = dict(api.get_openapi_schema(path_prefix="/api/"))
    found["info"] = {"title": "Seedbed", "version": api.version, "description": ABOUT}
    used = {tag for operation in operations(found) for tag in operation["tags"]}
    found["tags"] = [{"name": name, "description": words} for name, words in GROUPS.items() if name in used]
    for operation in operations(found):
        finish(operation)
    return found


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (path[method] for method in METHODS if method in path)


def finish(operation: dict[str, Any]) -> None:
    example: Example = operation.pop("x-example")
    operation["security"] = [{"Token": [scope]} for scope in operation["x-scopes"]]  # one of them is enough
    operation["x-path"], operation["x-query"] = example.path, example.query
    if operation.get("description") == operation["summary"]:  # where a docstring has one line, ninja takes it for both
        del operation["description"]
    for parameter in operation["parameters"]:
        parameter["schema"] = given(parameter["schema"])
    if "requestBody" in operation:
        body(operation["requestBody"], example)
    for status, response in operation["responses"].items():
        answer(status, response, example)
    others = {"description": OTHERS, "content": {JSON: {"schema": FAULT, "example": examples.FAULTS[500]}}}
    operation["responses"] = {**{str(status): response for status, response in operation["responses"].items()}, "default": others}


def given(schema: dict[str, Any]) -> dict[str, Any]:
    """In an address there is no null: what is not said is left out."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "title")}
    return {**choices[0], **rest} if len(choices) == 1 else schema


def body(found: dict[str, Any], example: Example) -> None:
    for kind, content in found["content"].items():
        content["schema"] = given(content["schema"])
        if kind == JSON:
            content["example"] = example.body


def answer(status: int, response: dict[str, Any], example: Example) -> None:
    if status >= 400:
        response["description"] = REASONS.get(status, response["description"])
        response["content"][JSON]["example"] = examples.FAULTS[status]
    elif example.media:
        response["content"] = {example.media: {"schema": {"type": "string", "format": "binary"}}}
    elif "content" in response:
        response["content"][JSON]["example"] = example.later if status == 202 and example.later else example.answer
    if status == 429:
        response["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    if status == 202:
        response["description"] = "It is on its way."
        response["headers"] = {"Location": {"description": "Where to ask how it stands.", "schema": {"type": "string"}}}
