"""HTTP as values: a call that somebody will send, the answer that came. Nothing here opens a socket or a file."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, BinaryIO

CHUNK = 3 * 64 * 1024  # a multiple of three, so that encoded chunks join without padding


class ChangedPicture(Exception):
    """A file is not as long as its row says. The body is broken off, so the provider never has a whole request."""


@dataclass(frozen=True)
class Picture:
    """A reference on its way out. It is opened when it is sent: fourteen of them never lie in memory together."""

    sha256: str
    format: str
    bytes: int
    open: Callable[[], BinaryIO] = field(compare=False, repr=False)
    link: str = ""  # a public address of the same picture

    @property
    def type(self) -> str:
        return f"image/{self.format}"


@dataclass(frozen=True)
class Inline:
    """Stands in a JSON body for the data URI of a picture; `encode` writes it out piece by piece."""

    picture: Picture


@dataclass(frozen=True)
class Part:
    """A field of a multipart form; a file when it holds a picture."""

    name: str
    text: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Call:
    """A request to a provider, without its address and without the key: whoever sends it knows those."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    form: tuple[Part, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(status: int, value: Any, **headers: str) -> "Answer":
        body = json.dumps(value, ensure_ascii=False).encode(errors="replace")  # half a character, echoed, must not cost the answer
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return Answer(status, body, {"content-type": "application/json", **named})


@dataclass(frozen=True)
class Received:
    """A call as the other side sees it: what the sandbox and the API doors read. A form's files are in `files`, in order."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def encode(value: Mapping[str, Any]) -> tuple[int, Iterator[bytes]]:
    """A JSON body as its length and its pieces; pictures are read and encoded only as the pieces are taken."""
    pictures: list[Picture] = []
    mark = token_hex(16)  # nobody can have typed it into a prompt

    def stand_in(found: object) -> str:
        if not isinstance(found, Inline):
            raise TypeError(f"{type(found).__name__} has no place in a JSON body")
        pictures.append(found.picture)
        return mark

    pieces = json.dumps(value, ensure_ascii=False, allow_nan=False, default=stand_in).encode().split(f'"{mark}"'.encode())
    heads = [f'"data:{picture.type};base64,'.encode() for picture in pictures]
    length = sum(map(len, pieces)) + sum(len(head) + 1 + encoded(p.bytes) for head, p in zip(heads, pictures, strict=True))
    return length, join(pieces, heads, pictures)


def join(pieces: list[bytes], heads: list[bytes], pictures: list[Picture]) -> Iterator[bytes]:
    for piece, head, picture in zip(pieces, heads, pictures, strict=False):
        yield piece + head
        for chunk in chunks(picture):
            yield base64.b64encode(chunk)
        yield b'"'
    yield pieces[-1]


def chunks(picture: Picture) -> Iterator[bytes]:
    """A picture in whole chunks, though its file may hand out fewer bytes than it was asked for, and exactly as long as promised."""
    left = picture.bytes
    with picture.open() as file:
        while left:
            chunk = take(file, min(CHUNK, left))
            left -= len(chunk)
            yield chunk
        if file.read(1):
            raise ChangedPicture(f"{picture.sha256} is longer than {picture.bytes} bytes")


def take(file: BinaryIO, count: int) -> bytes:
    found = file.read(count)
    while len(found) < count:
        more = file.read(count - len(found))
        if not more:
            raise ChangedPicture("A picture is shorter than it was")
        found += more
    return found


def encoded(count: int) -> int:
    """How long `count` bytes become in base64."""
    return (count + 2) // 3 * 4
