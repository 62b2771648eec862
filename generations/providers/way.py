"""The safe way out: the one place from which this studio calls anybody.

Every call goes to an address that was looked up once and checked, is over at its deadline, and takes no more than its bytes.
`send` is for what costs money: on a connection of its own, so that a connection that fails proves that nothing was sent, and never
redirected. `ask` is for questions, which may be asked twice: on connections that are kept. `fetch` is for files.
"""

import re
from io import BytesIO
from threading import Lock
from types import TracebackType
from typing import BinaryIO
from urllib.parse import urlencode

from generations.dialects.transfer import Body, write_body
from generations.dialects.wire import Answer, Call
from generations.providers.download import Fetched, fetch
from generations.providers.failure import Forbidden, TimedOut, Unknown, _
from generations.providers.line import Line, Reply
from generations.providers.link import PARTS, Link, parse
from generations.providers.meter import Limits, Meter
from generations.providers.rules import Rules

KEPT = 64  # connections without use
KEY = re.compile(r"[!-~]*")


class Way:
    """To one provider account. Any number of threads may use it."""

    def __init__(self, address: str, key: str = "", rules: Rules | None = None, prefix: str = "Bearer ") -> None:
        if not KEY.fullmatch(key):
            raise Forbidden(_("The key contains characters that cannot be sent."))
        self.rules = rules or Rules()
        self.home = parse(address, self.rules.allowed)
        self.start = str(self.home).partition("?")[0].rstrip("/")
        self.proof = {"Authorization": prefix + key} if key else {}
        self.kept: list[Line] = []
        self.closed, self.lock = False, Lock()

    def __repr__(self) -> str:
        return f"<Way to {self.home.authority}>"

    def __enter__(self) -> "Way":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def send(self, call: Call, limits: Limits, body: Body | None = None) -> Answer:
        """`body` stands in for the call's own. A redirect is an answer like any other: the account's address is wrong."""
        meter = Meter(limits)
        line = Line(self.home, self.rules, meter)
        try:
            return self.talk(line, call, body or write_body(call), meter)
        finally:
            line.close()

    def ask(self, call: Call, limits: Limits) -> Answer:
        meter = Meter(limits)
        if kept := self.take():
            try:
                return self.question(kept, call, meter)
            except TimedOut:
                raise
            except Unknown:
                if meter.raw:
                    raise
        # There was no connection, or the other side hung up on it while it was kept.
        return self.question(Line(self.home, self.rules, meter), call, meter)

    def fetch(self, address: str, limits: Limits, into: BinaryIO) -> Fetched:
        """A result, with the key if it is where the account is."""
        proof = self.proof if parse(address, self.rules.allowed).place == self.home.place else {}
        return fetch(address, limits, into, self.rules, proof)

    def question(self, line: Line, call: Call, meter: Meter) -> Answer:
        try:
            return self.talk(line, call, write_body(call), meter)
        finally:
            self.keep(line)

    def talk(self, line: Line, call: Call, body: Body | None, meter: Meter) -> Answer:
        with line.exchange(call.method, self.link(call), {**self.proof, **call.headers}, body, meter) as reply:
            return take_in(reply)

    def link(self, call: Call) -> Link:
        if not call.path.startswith("/"):
            raise Forbidden(PARTS)
        return parse(f"{self.start}{call.path}{'?' if call.query else ''}{urlencode(call.query)}", self.rules.allowed)

    def take(self) -> Line | None:
        with self.lock:
            while self.kept:
                line = self.kept.pop()
                if line.usable:
                    return line
                line.close()
        return None

    def keep(self, line: Line) -> None:
        with self.lock:
            if line.usable and not self.closed and len(self.kept) < KEPT:
                self.kept.append(line)
                return
        line.close()

    def close(self) -> None:
        with self.lock:
            self.closed = True
            while self.kept:
                self.kept.pop().close()


def take_in(reply: Reply) -> Answer:
    body = BytesIO()
    try:
        for piece in reply.pieces():
            body.write(piece)
    except Unknown as failure:
        failure.partial = Answer(reply.status, body.getvalue(), reply.headers)
        raise
    return Answer(reply.status, body.getvalue(), reply.headers)
