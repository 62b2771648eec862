"""No test reaches beyond this machine: real servers on loopback are welcome, everything else is a mistake."""

import ipaddress
import socket
from typing import Any

LOCAL = (None, "", "localhost")


class Unplugged(RuntimeError):
    """Not an OSError: code that forgives a broken network must not forgive this."""


def close() -> None:
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def near_connect(self: socket.socket, address: Any) -> None:
        refuse_far(self, address)
        connect(self, address)

    def near_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_far(self, address)
        return connect_ex(self, address)

    def near_getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        if host not in LOCAL and number(host) is None:
            raise Unplugged(f"A test asked for the address of {host}.")
        return getaddrinfo(host, *rest, **options)

    socket.socket.connect, socket.socket.connect_ex = near_connect, near_connect_ex
    socket.getaddrinfo = near_getaddrinfo


def refuse_far(connection: socket.socket, address: Any) -> None:
    if not isinstance(address, tuple) or address[0] in LOCAL:  # a path of this machine, or its own name
        return
    found = number(address[0])
    if found is None or not found.is_loopback:
        connection.close()
        raise Unplugged(f"A test wanted to reach {address[0]}.")


def number(host: Any) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return None
