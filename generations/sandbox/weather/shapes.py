"""The answer to a submit in shapes that have been seen, or that nobody should trust."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from generations.sandbox.order import Order
from generations.sandbox.wire import Answer

NEWER = "2026-07-27"  # APIMart's newer contract
SAFE = {name: {"filtered": False, "severity": "safe"} for name in ("hate", "self_harm", "sexual", "violence")}
EXTRAS = {"content_filter_results": SAFE, "prompt_filter_results": SAFE, "revised_prompt": "", "b64_json": "", "url": ""}
SEEN = {
    "content_filter_results": {**SAFE, "violence": {"filtered": False, "severity": "low"}},
    "prompt_filter_results": {**SAFE, "profanity": {"filtered": False, "detected": True}},
    "revised_prompt": "As you asked, in the painter's own words",
}
LINE = 76

Body = dict[str, Any]


def edited(answer: Answer, edit: Callable[[Body], Body]) -> Answer:
    return replace(answer, body=json.dumps(edit(json.loads(answer.body)), ensure_ascii=False).encode())


def each(change: Callable[[Body], Body]) -> Callable[[Body], Body]:
    """Changes every item of `data`."""
    return lambda body: {**body, "data": [change(item) for item in body["data"]]}


def encoded(change: Callable[[str], str]) -> Callable[[Body], Body]:
    return each(lambda item: {**item, "b64_json": change(item["b64_json"])} if item.get("b64_json") else item)


def lines(text: str) -> str:
    return " \r\n".join(text[start : start + LINE] for start in range(0, len(text), LINE)) + "\n"


SHAPES: Mapping[str, Callable[[Body], Body]] = {
    "no-task": lambda body: {**body, "data": [{"status": "submitted"}] if isinstance(body["data"], list) else {}},
    "empty-data": lambda body: {**body, "data": []},
    "null-data": lambda body: {**body, "data": None},
    "wrong-types": lambda body: {name: str(value)[:40] if isinstance(value, list | dict) else [value] for name, value in body.items()},
    "extras": each(lambda item: {**EXTRAS, **item}),
    "filter-notes": each(lambda item: {**item, **SEEN}),
    "other-engine": lambda body: {**body, "model": "seedream-by-another-name"},
    "b64-uri": encoded(lambda text: f"data:image/png;base64,{text}"),
    "b64-lines": encoded(lines),
}


def reshaped(answer: Answer, order: Order, links: Callable[[], list[str]]) -> Answer:
    for name, edit in SHAPES.items():
        if name in order.drills:
            answer = edited(answer, edit)
    if "b64-and-link" in order.drills:
        found = iter(links())
        answer = edited(answer, each(lambda item: {**item, "url": next(found)}))
    return answer
