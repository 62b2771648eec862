"""From a call to its bytes, and from bytes to what the other side sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from generations.dialects.loose import read_strictly
from generations.dialects.multipart import Form, Malformed, read_form, write_form
from generations.dialects.wire import Call, Received, encode


@dataclass(frozen=True)
class Body:
    type: str
    length: int
    pieces: Iterable[bytes] = field(repr=False)  # to be taken once


def write_body(call: Call) -> Body | None:
    """The bytes of a call, of known length, made as they are taken."""
    if call.json is not None:
        return Body("application/json", *encode(call.json))
    return Body(*write_form(call.form)) if call.form is not None else None


def receive(method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: bytes) -> Received:
    """What a server makes of it. A body that cannot be read is as good as none: the dialect then says what is missing."""
    named = {name.lower(): value for name, value in headers.items()}
    type = named.get("content-type", "")
    if type.lower().startswith("multipart/form-data"):
        form = readable(type, body)
        return Received(method, path, named, query, fields=form.fields, files=form.files)
    return Received(method, path, named, query, json=read_strictly(body))


def readable(type: str, body: bytes) -> Form:
    try:
        return read_form(type, body)
    except Malformed:
        return Form()


def deliver(call: Call) -> Received:
    """A call as the other side sees it, by way of its bytes."""
    body = write_body(call)
    headers = dict(call.headers) | ({"content-type": body.type} if body else {})
    return receive(call.method, unquote(call.path), headers, call.query, b"".join(body.pieces) if body else b"")
