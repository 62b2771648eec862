"""A request and an answer as values, and the table that leads from one to the other. No sockets in here."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    wild: Mapping[str, str] = field(default_factory=dict)  # the named parts of the path


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    type: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """A request that cannot be answered, with one sentence for whoever sent it."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers


@dataclass(frozen=True)
class Route:
    method: str
    path: str  # with {names} for the parts that vary
    answer: Callable[[Request], Answer]

    def match(self, path: str) -> Mapping[str, str] | None:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


def say(status: int, content: object, **headers: str) -> Answer:
    return Answer(status, json.dumps(content, ensure_ascii=False).encode() + b"\n", "application/json; charset=utf-8", headers)


def refuse(refusal: Refusal) -> Answer:
    return say(refusal.status, {"error": refusal.sentence}, **refusal.headers)


def find(routes: Sequence[Route], method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """HEAD is answered as GET is; whoever sends the answer leaves the body out."""
    here = [(route, wild) for route in routes if (wild := route.match(path)) is not None]
    if not here:
        raise Refusal(404, f"There is nothing at {path}.")
    wanted = "GET" if method == "HEAD" else method
    for route, wild in here:
        if route.method == wanted:
            return route, wild
    allowed = ", ".join(route.method for route, _ in here)
    raise Refusal(405, f"{path} answers {allowed}, not {method}.", Allow=allowed)
