"""The page itself: operations by group, what each takes and gives, and calls to copy."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.api.docs.begin import begin
from generations.api.docs.calls import Call, coloured, curl, python, shell, written
from generations.api.docs.fields import Line, Reader, marked
from generations.api.schema import JSON, METHODS, REASONS, document
from generations.web.addresses import public_link

KEY = "kite-0001"  # as the examples name a request
TITLES = {
    "Start": pgettext_lazy("API", "Start"),
    "Engines": pgettext_lazy("API", "Engines"),
    "Generations": pgettext_lazy("API", "Generations"),
    "Images": pgettext_lazy("API", "Images"),
    "Media": pgettext_lazy("API", "Media"),
    "Collections": pgettext_lazy("API", "Collections"),
    "Reviews": pgettext_lazy("API", "Reviews"),
    "Usage": pgettext_lazy("API", "Usage"),
}
FORM, PICTURE = "multipart/form-data", {"file": "@picture.png"}


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    lines: list[Line]


@dataclass(frozen=True)
class Shown:
    """One operation."""

    id: str
    method: str
    path: str
    name: str
    about: SafeString
    scopes: list[str]  # one of them is enough
    parameters: list[Line]
    bodies: list[tuple[str, list[Line]]]  # by their kinds
    answers: list[Answer]
    errors: list[Answer]
    curl: SafeString
    python: SafeString
    answer: SafeString


@dataclass(frozen=True)
class Group:
    name: str
    about: str
    operations: list[Shown]

    @property
    def id(self) -> str:
        return self.name.lower()

    @property
    def title(self) -> Promise | str:
        return TITLES.get(self.name, self.name)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """For those who are signed in: without an account there is no token, and so it shows their own studio's address in their frame."""
    origin, language = origin_of(request), get_language() or ""
    return render(request, "api/page.html", {"groups": groups(origin, language), "drawn": drawn(origin, language), "origin": origin})


def origin_of(request: HttpRequest) -> str:
    return public_link(request, "/").rstrip("/")


@lru_cache(maxsize=8)
def drawn(origin: str, language: str) -> SafeString:
    """The same for everybody who reads this language."""
    context = {"groups": groups(origin, language), "origin": origin, "begin": begin(origin), "reasons": REASONS.items()}
    return SafeString(render_to_string("api/_operations.html", context))


@lru_cache(maxsize=8)
def groups(origin: str, language: str) -> list[Group]:
    """In this language, which is the one that is being answered in."""
    found = document(origin)
    reader = Reader(found)
    by_tag: dict[str, list[Shown]] = {tag["name"]: [] for tag in found["tags"]}
    for path, methods in found["paths"].items():
        for method in METHODS:
            if method in methods:
                by_tag[methods[method]["tags"][0]].append(shown(reader, origin, path, method.upper(), methods[method]))
    about = {tag["name"]: tag["description"] for tag in found["tags"]}
    return [Group(name, about[name], operations) for name, operations in by_tag.items()]


def shown(reader: Reader, origin: str, path: str, method: str, operation: dict[str, Any]) -> Shown:
    contents = operation.get("requestBody", {}).get("content", {})
    call = example(origin, path, method, operation)
    answers = [answer(reader, status, one) for status, one in operation["responses"].items() if status != "default"]
    good = [one for one in answers if one.status < "400"]
    return Shown(
        id=operation["operationId"],
        method=method,
        path=path,
        name=_(operation["summary"]),
        about=marked(operation.get("description", "")),
        scopes=operation["x-scopes"],
        parameters=[reader.parameter(one) for one in operation["parameters"]],
        bodies=[(kind, list(reader.lines(content["schema"]))) for kind, content in contents.items()],
        answers=good,
        errors=[one for one in answers if one not in good],
        curl=shell(curl(call)),
        python=coloured(python(call)),
        answer=coloured(said(operation["responses"])),
    )


def example(origin: str, path: str, method: str, operation: dict[str, Any]) -> Call:
    contents = operation.get("requestBody", {}).get("content", {})
    address = f"{origin}/api{operation['x-path']}" if operation["x-path"] else f"{origin}{path}"
    query = operation["x-query"]
    keyed = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
    return Call(
        method,
        f"{address}?{query}" if query else address,
        PICTURE if FORM in contents else contents.get(JSON, {}).get("example"),
        form=FORM in contents,
        key=KEY if keyed else "",
    )


def answer(reader: Reader, status: str, found: dict[str, Any]) -> Answer:
    schema = found.get("content", {}).get(JSON, {}).get("schema", {})
    return Answer(str(status), found["description"], list(reader.lines(schema)) if int(status) < 400 else [])


def said(responses: dict[str, Any]) -> str:
    """The best of its answers."""
    contents = (response.get("content", {}).get(JSON, {}) for _status, response in sorted(responses.items()))
    return next((written(content["example"]) for content in contents if "example" in content), "")


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """For anybody: there is nothing of this studio in it, and tools fetch it without a token."""
    return JsonResponse(document(origin_of(request)))
