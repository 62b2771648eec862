"""JSON with large pictures in it, read as it comes. They are decoded on the way, so that their text never lies in memory.

A string that is long and begins like a picture is taken out and becomes its bytes in the value that is read; everything else stays
what it is, and may not be long.
"""

import binascii
import json
import re
from secrets import token_hex
from typing import Any

from generations.dialects.loose import refuse

LONG = 8 * 1024  # a string of this length may be a picture
# Of a string, as far as it is there. Not possessive: Python 3.11 reads that wrongly before 3.11.5, which Debian 12 has not.
INSIDE = re.compile(rb'[^"\\]*(?:\\(?:u[0-9a-fA-F]{4}|[^u])[^"\\]*)*')
ESCAPE = 6  # bytes of the longest
HEAD = re.compile(rb"data:image\\?/[a-z0-9.+-]{1,30};base64,|(?=/9j/|\\/9j|iVBORw0KGg|UklGR)")
SHOWN = 60  # letters of what was no picture after all


class TooLarge(ValueError):
    """`picture`: one of them, or else all that is none."""

    def __init__(self, picture: bool) -> None:
        super().__init__(picture)
        self.picture = picture


class Unreadable(ValueError):
    """Not quite JSON."""


class Decoder:
    """Base64 in pieces, with the line breaks and escapes that some programs put into it."""

    def __init__(self, most: int) -> None:
        self.most, self.found, self.left = most, bytearray(), b""
        self.sound, self.padded = True, False  # what comes behind padding is not base64

    def feed(self, piece: bytes) -> None:
        plain = plainly(piece) if b"\\" in piece else piece
        text = self.left + plain.translate(None, b" \t\r\n")
        whole = len(text) - len(text) % 4
        self.left = text[whole:]
        self.decode(text[:whole])

    def decode(self, quads: bytes) -> None:
        if not quads or not self.sound:
            return
        self.sound = not self.padded
        try:
            self.found += binascii.a2b_base64(quads, strict_mode=True)
        except ValueError:
            self.sound = False
        self.padded = quads.endswith(b"=")
        if len(self.found) > self.most:
            raise TooLarge(picture=True)

    def finish(self) -> bytes | None:
        self.decode(self.left + b"=" * (-len(self.left) % 4))
        return bytes(self.found) if self.sound and self.found else None


def plainly(piece: bytes) -> bytes:
    try:
        return str(json.loads(b'"' + piece + b'"', strict=False)).encode()
    except ValueError:
        return b"\\"  # no letter of base64


class Sieve:
    def __init__(self, words: int, most: int) -> None:
        self.words, self.most = words, most  # bytes of all that is no picture, and of one picture
        self.mark = token_hex(16)  # nobody can have typed it into a prompt
        self.rest, self.ahead = bytearray(), b""
        self.pictures: list[bytes] = []
        self.start = -1  # where in `rest` the string begins that we are in; -1: in none
        self.taken: Decoder | None = None
        self.shown = b""  # how it began

    def feed(self, chunk: bytes) -> None:
        buffer, place = self.ahead + chunk, 0
        while place < len(buffer):
            after = self.inside(buffer, place) if self.start >= 0 else self.outside(buffer, place)
            if after == place:
                break  # an escape that is only half there
            place = after
        self.ahead = buffer[place:]
        if len(self.ahead) > ESCAPE:
            raise Unreadable
        if len(self.rest) > self.words:
            raise TooLarge(picture=False)

    def outside(self, buffer: bytes, place: int) -> int:
        quote = buffer.find(b'"', place) + 1
        self.rest += buffer[place : quote or len(buffer)]
        if quote:
            self.start = len(self.rest)
        return quote or len(buffer)

    def inside(self, buffer: bytes, place: int) -> int:
        found = INSIDE.match(buffer, place)
        after = found.end() if found else place
        self.keep(buffer[place:after])
        if buffer.startswith(b'"', after):
            self.close()
            return after + 1
        return after

    def keep(self, piece: bytes) -> None:
        if self.taken:
            self.taken.feed(piece)
            return
        self.rest += piece
        if len(self.rest) - self.start > LONG and (head := HEAD.match(self.rest, self.start)):
            self.taken = Decoder(self.most)
            self.taken.feed(bytes(self.rest[head.end() :]))
            self.shown = bytes(self.rest[self.start : self.start + SHOWN])
            del self.rest[self.start :]

    def close(self) -> None:
        if self.taken:
            content = self.taken.finish()
            if content:
                self.rest += f"{self.mark}{len(self.pictures)}".encode()
                self.pictures.append(content)
            else:
                self.rest += self.shown.replace(b"\\", b"")
        self.rest += b'"'
        self.start, self.taken = -1, None

    def value(self) -> Any:
        """What was read; Unreadable if it is not quite JSON."""
        if self.start >= 0 or self.ahead:
            raise Unreadable
        try:
            read = json.loads(self.rest.decode(), parse_constant=refuse, object_pairs_hook=members)
            return self.put_back(read) if self.pictures else read
        except (ValueError, RecursionError):
            raise Unreadable from None

    def put_back(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(self.mark):
            return self.pictures[int(value.removeprefix(self.mark))]
        if isinstance(value, list):
            return [self.put_back(one) for one in value]
        if isinstance(value, dict):
            return {name: self.put_back(one) for name, one in value.items()}
        return value


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field that stands there twice would be read differently by others."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field twice")
    return found
