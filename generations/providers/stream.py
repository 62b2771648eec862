"""The bytes of one connection: to an address that was checked, encrypted, by the clock.

httpcore's time-outs are for each read, so a server that drips a byte now and then holds a call for ever. Here every step gets what
the call's meter has left.
"""

import select
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore

from generations.providers.failure import Failure, NotSent, _
from generations.providers.meter import PATIENCE, Meter
from generations.providers.rules import Rules

QUIET = 30  # seconds until a silent connection shows life, so that no router on the way forgets it while a picture is painted


class Stream(httpcore.NetworkStream):
    def __init__(self, plug: socket.socket, road: "Road") -> None:
        self.plug, self.road = plug, road

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        meter = self.road.meter
        try:
            self.plug.settimeout(meter.left())
            piece = self.plug.recv(max_bytes)
        except TimeoutError:
            raise meter.late() from None
        except OSError as error:
            raise httpcore.ReadError(type(error).__name__) from None
        meter.receive(len(piece))
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        meter, rest = self.road.meter, memoryview(buffer)
        try:
            while rest:
                self.plug.settimeout(meter.left())
                meter.sent = True  # from here on nobody can tell how far it got
                rest = rest[self.plug.send(rest) :]
        except TimeoutError:
            raise meter.late() from None
        except OSError as error:  # httpcore still reads: a refusal may be waiting
            raise httpcore.WriteError(type(error).__name__) from None

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> "Stream":
        try:
            self.plug.settimeout(self.road.meter.left(PATIENCE))
            return Stream(ssl_context.wrap_socket(self.plug, server_hostname=server_hostname), self.road)
        except (Failure, OSError, ValueError) as error:
            self.close()
            raise self.distrust(error) from None

    def distrust(self, error: Exception) -> Failure:
        host = self.road.host
        if isinstance(error, Failure):
            return error
        if isinstance(error, TimeoutError):
            return self.road.meter.late()
        if isinstance(error, ssl.SSLCertVerificationError):
            return NotSent(_("The certificate of {host} is not valid: {reason}."), host=host, reason=error.verify_message.rstrip("."))
        return NotSent(_("No encrypted connection to {host}."), host=host)

    def close(self) -> None:
        self.plug.close()

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self.plug, ssl.SSLSocket):
            return self.plug
        if info == "is_readable":  # of an idle connection: the other side has hung up
            return readable(self.plug)
        return None


class Road(httpcore.NetworkBackend):
    """How httpcore gets a connection: one that leads to a checked address, and is measured by the meter of whoever uses it now."""

    def __init__(self, rules: Rules, meter: Meter) -> None:
        self.rules, self.meter, self.host = rules, meter, ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Stream:
        self.host = host
        for address in self.rules.addresses(host, port, self.meter):
            try:
                plug = self.rules.dial(address, port, self.meter.left(PATIENCE))
            except OSError:
                continue
            keep_awake(plug)
            return Stream(plug, self)
        self.meter.left()
        raise NotSent(_("{host} is not reachable."), host=host)


def keep_awake(plug: socket.socket) -> None:
    with suppress(OSError):  # some systems refuse when it is closed already; whoever reads next will find out
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_KEEPIDLE"):  # Linux
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, QUIET)


def readable(plug: socket.socket) -> bool:
    if plug.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(plug, select.POLLIN)
    return bool(poll.poll(0))
