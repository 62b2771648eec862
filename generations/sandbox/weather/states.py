"""What the state of a task is said to be, instead of what it is."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from generations.dialects import faults
from generations.dialects.faults import failed
from generations.dialects.outcome import Finished, Pending, Trouble
from generations.sandbox.order import Order
from generations.sandbox.weather.shapes import Body

FAILURES: Mapping[str, Trouble] = {
    "failed": failed(faults.FAILED, True, "The upstream service failed.", "upstream_error"),
    "failed-number": failed(faults.FAILED, True, "The upstream service failed.", "500"),
    "failed-silent": failed(faults.FAILED, True),
}
State = Pending | Finished | Trouble


def misstated(state: State, order: Order) -> State:
    """Before it is written down."""
    if "stuck" in order.drills and not isinstance(state, Trouble):
        return Pending(running=True, progress=99)
    if "regress" in order.drills and isinstance(state, Pending) and 30 <= (state.progress or 0) <= 60:
        return Pending()
    for name, failure in FAILURES.items():
        if name in order.drills and isinstance(state, Finished):
            return failure
    return state


def odd_word(body: Body, sent: list[str]) -> Body:
    data = body["data"]
    odd = {"image_status": 5} if "image_status" in data else {"status": "uploading"}
    return {**body, "data": {**data, **odd}}


def cancelled(body: Body, sent: list[str]) -> Body:
    return finished(body, lambda data: {"id": data["id"], "status": "cancelled", "progress": data.get("progress", 0)})


def failed_partial(body: Body, sent: list[str]) -> Body:
    """The last picture is missing, if there was more than one."""
    links = found(body)
    kept = place(body, links[: max(1, len(links) - 1)])

    def fail(data: Body) -> Body:
        if "image_status" in data:
            return {**data, "image_status": 4, "error_message": "one image failed"}
        return {**data, "status": "failed", "error": {"code": 500, "message": "one image failed", "type": "upstream_error"}}

    return finished(kept, fail)


def no_links(body: Body, sent: list[str]) -> Body:
    return place(body, [])


def link_text(body: Body, sent: list[str]) -> Body:
    """APIMart: a text in each entry. TensorsLab: one text, and for several pictures a text each."""

    def plain(data: Body) -> Body:
        if "image_status" in data:
            return {**data, "url": data["url"][0] if len(data["url"]) == 1 else data["url"]}
        images = data["result"]["images"]
        return {**data, "result": {"images": [{**image, "url": url} for image in images for url in urls(image)]}}

    return finished(body, plain)


def link_list(body: Body, sent: list[str]) -> Body:
    return place(body, found(body))


def link_relative(body: Body, sent: list[str]) -> Body:
    """As APIMart shortens its own links: the path is completed with its upload host."""
    shortened = [f"/f{urlsplit(link).path}?{urlsplit(link).query}" for link in found(body)]
    return place(body, shortened)


def link_echo(body: Body, sent: list[str]) -> Body:
    return place(body, [*sent, *found(body)])


def number_text(body: Body, sent: list[str]) -> Body:
    data = {name: str(value) if isinstance(value, int) else value for name, value in body["data"].items()}
    return {**body, "code": str(body["code"]), "data": data}


def odd_code(body: Body, sent: list[str]) -> Body:
    return {"code": 9999, "msg": "system busy", "data": None}


REWRITES: Mapping[str, Callable[..., Body]] = {
    "odd-word": odd_word,
    "odd-code": odd_code,
    "cancelled": cancelled,
    "failed-partial": failed_partial,
    "no-links": no_links,
    "link-text": link_text,
    "link-list": link_list,
    "link-relative": link_relative,
    "link-echo": link_echo,
    "number-text": number_text,
}


def finished(body: Body, change: Callable[[Body], Body]) -> Body:
    """Only a finished task is changed."""
    data: Body = body["data"]
    done = data.get("image_status") == 3 or data.get("status") == "completed"
    return {**body, "data": change(data)} if done else body


def found(body: Body) -> list[str]:
    data: Body = body["data"]
    if "image_status" in data:
        return list(data.get("url") or [])
    return [url for image in (data.get("result") or {}).get("images", []) for url in urls(image)]


def urls(image: Body) -> list[str]:
    url: Any = image["url"]
    return url if isinstance(url, list) else [url]


def place(body: Body, links: list[str]) -> Body:
    """These links instead, all in one list."""

    def put(data: Body) -> Body:
        if "image_status" in data:
            return {**data, "url": links}
        image: Body = next(iter(data["result"]["images"]), {})
        return {**data, "result": {"images": [{**image, "url": links}] if links else []}}

    return finished(body, put)
