"""Which drills somebody wants: `[drill:NAME]` in the prompt, the header `X-Sandbox-Drill`, or a field `drill`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generations.dialects.wire import Received
from generations.sandbox.weather.drills import DRILLS
from generations.sandbox.wire import Refusal

HEADER, FIELD = "x-sandbox-drill", "drill"
MARKER = re.compile(r"\[drill:([a-z0-9=, -]+)\]", re.IGNORECASE)
NAMED = re.compile(r"([a-z0-9-]+)(?:=([0-9]{1,6}))?")
HINT = "GET /drills lists them."


def chosen(received: Received, dialect: str) -> Mapping[str, int]:
    """Each by name, with the number that was given or 0. A drill that does not exist would be a test that tests nothing."""
    drills = dict(entry(word) for text in texts(received) for word in text.lower().replace(",", " ").split())
    for name in drills:
        if name not in DRILLS:
            raise Refusal(400, f"There is no drill “{name}”. {HINT}")
        if dialect not in DRILLS[name].only:
            raise Refusal(400, f"The drill “{name}” means nothing at {dialect}, only at {', '.join(DRILLS[name].only)}. {HINT}")
    return drills


def by_header(headers: Mapping[str, str], dialect: str) -> Mapping[str, int]:
    """For a poll or a download, which have no prompt."""
    return chosen(Received("GET", "", {HEADER: headers.get(HEADER, "")}), dialect)


def texts(received: Received) -> Iterator[str]:
    yield received.headers.get(HEADER, "")
    fields = said(received)
    yield from (value for name, value in fields if name == FIELD)
    for name, value in fields:
        if name == "prompt":
            yield from MARKER.findall(value)


def said(received: Received) -> list[tuple[str, str]]:
    body: Any = received.json
    written = body.items() if isinstance(body, dict) else received.fields
    return [(name, value) for name, value in written if isinstance(value, str)]


def entry(word: str) -> tuple[str, int]:
    found = NAMED.fullmatch(word)
    if not found:
        raise Refusal(400, f"“{word}” is not how a drill is written: NAME, or NAME=NUMBER. {HINT}")
    return found[1], int(found[2] or 0)


def without(received: Received) -> Received:
    """What is left for the dialect, which may not know the field."""
    body: Any = received.json
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name != FIELD}
    return replace(received, json=body, fields=kept(received.fields))


def kept(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields if name != FIELD)


def plain(prompt: str) -> str:
    """The painter must not read the markers: “reset” is not a subject."""
    return MARKER.sub("", prompt).strip()
