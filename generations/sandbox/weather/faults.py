"""Ways to deliver an answer that no decent server has. Each writes to the socket itself; the connection ends afterwards."""

import contextlib
import struct
from collections.abc import Callable
from socket import SO_LINGER, SOL_SOCKET, socket

from generations.sandbox.wire import Answer, Deliver

Pace = Callable[[float], None]  # sleeps so many seconds of sandbox time
Fault = Callable[[socket, Answer, Pace], None]
PATIENCE = 600.0
PADDING = {"X_Padding": "seedbed " * 40}  # long enough that a drip of headers outlasts a client's patience


def silence(line: socket, answer: Answer, pace: Pace) -> None:
    line.settimeout(PATIENCE)
    with contextlib.suppress(OSError):
        while line.recv(4096):
            pass


def drip_head(line: socket, answer: Answer, pace: Pace) -> None:
    drip(line, answer.head(**PADDING), pace)
    line.sendall(answer.body)


def drip_body(line: socket, answer: Answer, pace: Pace) -> None:
    line.sendall(answer.head())
    drip(line, answer.body, pace)


def drip(line: socket, content: bytes, pace: Pace) -> None:
    for byte in content:
        line.sendall(bytes([byte]))
        pace(1)


def reset(line: socket, answer: Answer, pace: Pace) -> None:
    line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def hang_up(line: socket, answer: Answer, pace: Pace) -> None:
    """The connection ends when this returns."""


def cut_body(line: socket, answer: Answer, pace: Pace) -> None:
    line.sendall(answer.head() + answer.body[: len(answer.body) // 2])


def flood(line: socket, answer: Answer, pace: Pace) -> None:
    for _ in range(20_000):
        line.sendall(b"HTTP/1.1 102 Processing\r\n\r\n" * 20)
        pace(0.1)


def fat_headers(line: socket, answer: Answer, pace: Pace) -> None:
    line.sendall(answer.head(X_Fat="a" * 200_000) + answer.body)


def two_lengths(line: socket, answer: Answer, pace: Pace) -> None:
    head = answer.head().replace(b"\r\n\r\n", f"\r\nContent-Length: {len(answer.body) + 7}\r\n\r\n".encode())
    line.sendall(head + answer.body)


def huge_length(line: socket, answer: Answer, pace: Pace) -> None:
    line.sendall(answer.head(Content_Length="99000000000") + answer.body)
    silence(line, answer, pace)


FAULTS: dict[str, Fault] = {
    "cut-body": cut_body,
    "silence": silence,
    "drip-head": drip_head,
    "drip-body": drip_body,
    "reset": reset,
    "hang-up": hang_up,
    "flood": flood,
    "fat-headers": fat_headers,
    "two-lengths": two_lengths,
    "huge-length": huge_length,
}


def delivery(name: str, pace: Pace) -> Deliver:
    return lambda line, answer: FAULTS[name](line, answer, pace)
