"""Where calls may go, and how a name becomes the addresses that are called."""

import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from threading import BoundedSemaphore, Thread

import certifi

from generations.providers.addresses import outside
from generations.providers.failure import Forbidden, NotSent, _
from generations.providers.link import INSIDE
from generations.providers.meter import PATIENCE, Meter

LOOKUPS = BoundedSemaphore(32)  # a dead name server must not cost a thread per call


def system(host: str, port: int) -> list[str]:
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


@cache
def trust() -> ssl.SSLContext:
    """The usual authorities, and those of this machine: SSL_CERT_FILE adds an operator's own."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


@dataclass(frozen=True)
class Rules:
    allowed: frozenset[str] = frozenset()  # hosts, in small letters, that may be inside, plain, and at any port
    resolve: Callable[[str, int], Sequence[str]] = system
    dial: Callable[[str, int, float], socket.socket] = dial
    trust: Callable[[], ssl.SSLContext] = field(default=trust, repr=False)

    def addresses(self, host: str, port: int, meter: Meter) -> Sequence[str]:
        """Asked once; the caller connects to these and to nothing else, whatever the name says a moment later."""
        found = self.look_up(host, port, meter)
        if host not in self.allowed and not all(outside(address) for address in found):
            raise Forbidden(INSIDE)
        return found

    def look_up(self, host: str, port: int, meter: Meter) -> Sequence[str]:
        """Beside this thread, because nothing else can stop waiting for a name server."""
        if is_address(host):
            return (host,)
        if not LOOKUPS.acquire(timeout=meter.left(PATIENCE)):
            raise meter.late()
        answer: Future[Sequence[str]] = Future()
        try:
            Thread(target=self.work, args=(host, port, answer), daemon=True).start()
        except RuntimeError:  # this machine has no thread left
            LOOKUPS.release()
            raise NotSent(_("This server is too busy to make a call.")) from None
        try:
            found = answer.result(meter.left(PATIENCE))
        except TimeoutError:
            raise meter.late() from None
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise NotSent(_("{host} has no address."), host=host)
        return found

    def work(self, host: str, port: int, answer: Future[Sequence[str]]) -> None:
        try:
            answer.set_result(self.resolve(host, port))
        except BaseException as error:
            answer.set_exception(error)
        finally:
            LOOKUPS.release()


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
