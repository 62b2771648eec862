"""multipart/form-data: written piece by piece with a known length, read strictly and within bounds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from secrets import token_hex

from generations.dialects.wire import Part, chunks

MOST_PARTS = 64
MOST_HEAD = 4096
MOST_TEXT = 1024 * 1024
BOUNDARY = re.compile(
    r"multipart/form-data\s*;\s*(?:charset=[\w-]+\s*;\s*)?boundary=(?:\"([^\"\r\n]{1,70})\"|([^\s\";,]{1,70}))", re.IGNORECASE
)
DISPOSITION = re.compile(rb"content-disposition:[ \t]*form-data[ \t]*((?:;[^\r\n]*)?)", re.IGNORECASE)
NAME = re.compile(rb";[ \t]*name=(?:\"([^\"\\\r\n]{1,100})\"|([^\s\";]{1,100}))", re.IGNORECASE)
FILE = re.compile(rb";[ \t]*filename\*?=", re.IGNORECASE)
ENCODED = re.compile(rb"content-transfer-encoding:(?![ \t]*(?:binary|8bit|7bit)[ \t]*$)", re.IGNORECASE)


@dataclass(frozen=True)
class Form:
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


class Malformed(ValueError):
    """Not a form that anybody would send."""


def write_form(parts: Sequence[Part]) -> tuple[str, int, Iterator[bytes]]:
    """Its type, its length and its pieces; a picture is opened when its turn comes."""
    boundary = token_hex(16)  # so long that no picture contains it
    heads = [write_head(boundary, part, place) for place, part in enumerate(parts, start=1)]
    texts = [part.text.encode() for part in parts]
    tail = f"--{boundary}--\r\n".encode()
    inside = sum(part.picture.bytes if part.picture else len(text) for part, text in zip(parts, texts, strict=True))
    length = sum(map(len, heads)) + inside + 2 * len(parts) + len(tail)
    return f"multipart/form-data; boundary={boundary}", length, join(parts, heads, texts, tail)


def write_head(boundary: str, part: Part, place: int) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"'
    if part.picture:
        head += f'; filename="{place}.{part.picture.format}"\r\nContent-Type: {part.picture.type}'
    return f"{head}\r\n\r\n".encode()


def join(parts: Sequence[Part], heads: list[bytes], texts: list[bytes], tail: bytes) -> Iterator[bytes]:
    for part, head, text in zip(parts, heads, texts, strict=True):
        yield head
        if part.picture:
            yield from chunks(part.picture)
        yield (b"" if part.picture else text) + b"\r\n"
    yield tail


def read_form(type: str, body: bytes) -> Form:
    """Malformed is raised for anything but a whole, plain form."""
    found = BOUNDARY.fullmatch(type.strip())
    if not found:
        raise Malformed("no boundary")
    mark = b"--" + (found[1] or found[2]).encode(errors="replace")
    fields: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    for start, end in spans(body, mark):
        name, content, is_file = read_part(body, start, end)
        if is_file:
            files.append((name, content))
        else:
            fields.append((name, read_text(content)))
    return Form(tuple(fields), tuple(files))


def spans(body: bytes, mark: bytes) -> Iterator[tuple[int, int]]:
    """Where each part starts and ends."""
    place = 0 if body.startswith(mark) else -1
    for _ in range(MOST_PARTS + 1):
        after = place + len(mark)
        if place < 0 or body[after : after + 2] == b"--":
            break
        if body[after : after + 2] != b"\r\n":
            raise Malformed("a delimiter with something behind it")
        place = body.find(b"\r\n" + mark, after) + 2
        if place < 2:
            raise Malformed("it breaks off")
        yield after + 2, place - 2
    else:
        raise Malformed("too many parts")
    if place < 0:
        raise Malformed("no delimiter at the start")


def read_part(body: bytes, start: int, end: int) -> tuple[str, bytes, bool]:
    gap = body.find(b"\r\n\r\n", start, min(end, start + MOST_HEAD) + 4)
    if gap < 0 or gap + 4 > end:
        raise Malformed("a part without a head")
    lines = body[start:gap].split(b"\r\n")
    dispositions = [found for line in lines if (found := DISPOSITION.fullmatch(line))]
    if len(dispositions) != 1 or any(ENCODED.match(line) for line in lines):
        raise Malformed("not a part of a form")
    name = NAME.search(dispositions[0][1])
    if not name:
        raise Malformed("a part without a name")
    return (name[1] or name[2]).decode(errors="replace"), body[gap + 4 : end], bool(FILE.search(dispositions[0][1]))


def read_text(content: bytes) -> str:
    if len(content) > MOST_TEXT:
        raise Malformed("a text too long")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Malformed("not UTF-8") from error
