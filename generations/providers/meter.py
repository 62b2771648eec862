"""What a call may take, and what is left of it. The clock runs from the start of the call and stops for nobody."""

from dataclasses import dataclass
from time import monotonic

from generations.catalogue.problem import megabytes, number
from generations.providers.failure import Failure, Garbled, NotSent, TimedOut, TooLarge, _

HEAD = 256 * 1024  # bytes before the body: far more than any honest server needs, far less than would hurt
PATIENCE = 10.0  # seconds for a name, for a connection, for its encryption: whoever is there answers sooner


@dataclass(frozen=True)
class Limits:
    seconds: float
    bytes: int  # of the body


class Meter:
    """One call's: connections, redirects and all."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.end = monotonic() + limits.seconds
        self.expect_head()

    def expect_head(self) -> None:
        """A new exchange; no byte of it has left."""
        self.sent, self.raw, self.body, self.most = False, 0, 0, HEAD

    def expect_body(self, announced: int | None) -> None:
        if announced is not None and announced > self.limits.bytes:
            size, most = megabytes(announced), megabytes(self.limits.bytes)
            raise TooLarge(_("The answer has {size}; the limit is {most}."), size=size, most=most)
        self.most = HEAD + 2 * self.limits.bytes  # pieces have frames; twice as much is no honest framing

    def left(self, most: float = float("inf")) -> float:
        left = self.end - monotonic()
        if left <= 0:
            raise self.late()
        return min(left, most)

    def late(self) -> Failure:
        seconds = f"{self.limits.seconds:g}"
        if self.sent:
            return TimedOut(_("No complete answer within {seconds} seconds."), seconds=seconds)
        return NotSent(_("No connection within {seconds} seconds."), seconds=f"{min(self.limits.seconds, PATIENCE):g}")

    def receive(self, count: int) -> None:
        """Bytes off the wire."""
        self.raw += count
        if self.raw > self.most:
            raise Garbled(_("The answer has more than {most} bytes around its content."), most=number(self.most))

    def unpack(self, count: int) -> None:
        """Bytes of the body."""
        self.body += count
        if self.body > self.limits.bytes:
            raise TooLarge(_("The answer has more than {most}."), most=megabytes(self.limits.bytes))
