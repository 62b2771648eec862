"""Files from links that somebody else wrote: a provider's results, a designer's references."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

from generations.providers.failure import Declined, Forbidden, _
from generations.providers.line import Line, Reply
from generations.providers.link import Link, join, parse
from generations.providers.meter import Limits, Meter
from generations.providers.rules import Rules

HOPS = 3
MOVED = (301, 302, 303, 307, 308)
PIECE = 256 * 1024
ASTRAY = _("The link redirects to a place that is not allowed.")


@dataclass(frozen=True)
class Fetched:
    size: int
    sha256: str
    type: str  # as the other side calls it, which proves nothing
    link: str = field(repr=False)  # where it was found in the end


def fetch(address: str, limits: Limits, into: BinaryIO, rules: Rules | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
    """Into a file that buffers. What fails leaves a part of it there. `headers` are for the first place only."""
    rules, meter, sent = rules or Rules(), Meter(limits), headers or {}
    link = parse(address, rules.allowed)
    for hop in range(HOPS + 1):
        line = Line(link, rules, meter)
        try:
            with line.exchange("GET", link, sent, None, meter) as reply:
                if reply.status not in MOVED:
                    return store(reply, link, into)
                found = follow(link, reply, rules)
        except Forbidden:
            if hop:
                raise Forbidden(ASTRAY) from None
            raise
        finally:
            line.close()
        if found.place != link.place:
            sent = {}  # a key is for whom it was meant
        link = found
    raise Forbidden(ASTRAY)


def follow(link: Link, reply: Reply, rules: Rules) -> Link:
    if "location" not in reply.headers:
        raise Declined(_("The link answers with {status}."), reply.status)
    try:
        return join(link, reply.headers["location"], rules.allowed)
    except Forbidden:
        raise Forbidden(ASTRAY) from None


def store(reply: Reply, link: Link, into: BinaryIO) -> Fetched:
    if reply.status != 200:
        raise Declined(_("The link answers with {status}."), reply.status)
    if reply.type in ("text/html", "application/xhtml+xml"):
        raise Declined(_("The link leads to a page, not to a file."), reply.status)
    size, digest = 0, sha256()
    for piece in larger(reply.pieces()):
        into.write(piece)
        digest.update(piece)
        size += len(piece)
    return Fetched(size, digest.hexdigest(), reply.type, str(link))


def larger(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Few large pieces for many small ones: each write and each hash lets go of the interpreter once."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
