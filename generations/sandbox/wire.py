"""A request and an answer as values, and the table that leads from one to the other. No socket is opened in here."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from socket import socket
from typing import Union


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = field(default=b"", repr=False)
    wild: Mapping[str, str] = field(default_factory=dict)  # the named parts of the path


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    deliver: "Deliver | None" = None  # sends it in a way no decent server would, and ends the connection

    def head(self, **changes: str) -> bytes:
        """As it is written on the wire, for those who deliver it themselves."""
        reason = HTTPStatus(self.status).phrase if self.status in HTTPStatus._value2member_map_ else ""
        named = {"Content-Type": self.type, "Content-Length": str(len(self.body)), "Connection": "close", **self.headers}
        named |= {name.replace("_", "-"): value for name, value in changes.items()}
        lines = [f"HTTP/1.1 {self.status} {reason}", *(f"{name}: {value}" for name, value in named.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


@dataclass(frozen=True)
class Later:
    """An answer that is only made when it is due. Nothing of the request is held meanwhile but what `make` holds."""

    seconds: float
    make: Callable[[], "Reply"]


Deliver = Callable[[socket, Answer], None]
Reply = Union[Answer, Later]  # noqa: UP007 - each names the other


class Refusal(Exception):
    """A request that cannot be answered, with one sentence for whoever sent it."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers


@dataclass(frozen=True)
class Route:
    method: str
    path: str  # with {names} for the parts that vary
    answer: Callable[[Request], Reply]

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
