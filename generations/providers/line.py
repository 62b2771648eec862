"""One connection to one place, for one exchange at a time.

httpx's own engine, httpcore, is used without the rest of httpx: what that would add, cookies, proxies, redirects, unpacking and a
log line with the whole signed link, is just what must not happen here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpcore

from generations.dialects.transfer import Body
from generations.providers.failure import Forbidden, Garbled, NotSent, Unknown, _
from generations.providers.link import Link
from generations.providers.meter import Meter
from generations.providers.rules import Rules
from generations.providers.stream import Road

KEEP = 55.0  # seconds without use; servers commonly hang up after 60
ALWAYS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "Seedbed"}

UNREAD = _("What was to be sent could not be read to its end.")


@dataclass(frozen=True)
class Reply:
    """An answer whose body is still on its way."""

    status: int
    headers: Mapping[str, str]  # names in small letters
    stream: Iterable[bytes] = field(repr=False)
    meter: Meter = field(repr=False)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def pieces(self) -> Iterator[bytes]:
        if self.headers.get("content-encoding", "identity").strip().lower() not in ("identity", ""):
            raise Garbled(_("The answer is packed, although that was refused."))
        length = None if "transfer-encoding" in self.headers else self.headers.get("content-length")
        self.meter.expect_body(None if length is None else int(length))
        with named(Garbled(_("The answer broke off before its end.")), self.meter):
            for piece in self.stream:
                self.meter.unpack(len(piece))
                yield piece


class Line:
    def __init__(self, link: Link, rules: Rules, meter: Meter) -> None:
        self.road = Road(rules, meter)
        self.http = httpcore.HTTPConnection(
            httpcore.Origin(link.scheme.encode(), link.host.encode(), link.port),
            ssl_context=rules.trust() if link.scheme == "https" else None,
            keepalive_expiry=KEEP,
            network_backend=self.road,
        )

    @contextmanager
    def exchange(self, method: str, link: Link, headers: Mapping[str, str], body: Body | None, meter: Meter) -> Iterator[Reply]:
        meter.expect_head()
        self.road.meter = meter
        with named(Garbled(_("The answer is not proper HTTP.")), meter):
            response = self.http.handle_request(request(method, link, headers, body))
        try:
            yield Reply(response.status, gathered(response.headers), response.iter_stream(), meter)
        finally:
            response.close()

    @property
    def usable(self) -> bool:
        return self.http.is_idle() and not self.http.has_expired()

    def close(self) -> None:
        self.http.close()


def request(method: str, link: Link, headers: Mapping[str, str], body: Body | None) -> httpcore.Request:
    ours = {"Host": link.authority, **ALWAYS}
    if body is not None:
        ours |= {"Content-Type": body.type, "Content-Length": str(body.length)}
    taken = {name.lower() for name in ours}
    ours |= {name: text for name, text in headers.items() if name.lower() not in taken}
    try:
        lines = [(name.encode("ascii"), text.encode("ascii")) for name, text in ours.items()]
    except UnicodeEncodeError:
        raise unsendable() from None
    url = httpcore.URL(scheme=link.scheme.encode(), host=link.host.encode(), port=link.port, target=link.target.encode())
    return httpcore.Request(method, url, headers=lines, content=None if body is None else whole(body))


def whole(body: Body) -> Iterator[bytes]:
    """Exactly as much as was announced. A request that stays incomplete is none: nobody can have acted on it."""
    left = body.length
    try:
        for piece in body.pieces:
            if len(piece) > left:
                raise ValueError("more than was announced")
            left -= len(piece)
            yield piece
    except Exception as error:
        raise (NotSent(UNREAD) if left else Unknown(UNREAD)) from error
    if left:
        raise NotSent(UNREAD)


def gathered(lines: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_text in lines:
        name, text = raw_name.decode("latin-1").lower(), raw_text.decode("latin-1")
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return headers


@contextmanager
def named(garbled: Garbled, meter: Meter) -> Iterator[None]:
    """httpcore's failures as ours. Its words are dropped: they may quote a header, and a header may be a key."""
    try:
        yield
    except httpcore.LocalProtocolError:
        raise unsendable() from None
    except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
        raise (garbled if meter.raw else Unknown(_("The connection was closed without an answer."))) from None


def unsendable() -> Forbidden:
    return Forbidden(_("The call contains characters that cannot be sent."))
