"""Servers on loopback that misbehave as they are told, and a world of names that all lead to them."""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

from generations.providers.rules import Rules

PUBLIC = "93.184.216.34"
KEY = "sk-do-not-show-4711"


@dataclass
class Seen:
    line: str
    headers: dict[str, str]
    body: bytes


def say(status=200, body=b"", **headers) -> bytes:
    """An answer; `None` leaves a header out."""
    named = {"content_length": str(len(body)), "content_type": "application/json", **headers}
    lines = [f"{name.replace('_', '-')}: {text}" for name, text in named.items() if text is not None]
    return "\r\n".join([f"HTTP/1.1 {status} So", *lines, "", ""]).encode() + body


def read(file):
    line = file.readline()
    if not line:
        return None
    headers = dict(iter(lambda: tuple(file.readline().decode().strip().split(": ", 1)), ("",)))
    return Seen(line.decode().strip(), headers, file.read(int(headers.get("Content-Length", 0))))


def reset(plug):
    """Closed as by a crash: RST, not FIN."""
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plug.close()
    return True


def drip(plug, *pieces, pause=0.05):
    for piece in pieces:
        plug.sendall(piece)
        time.sleep(pause)


class Server:
    """Does `act(plug, seen)` to each request. An act that returns something true ends the connection."""

    def __init__(self, act: Callable, context=None, first: Callable | None = None) -> None:
        self.act, self.context, self.first = act, context, first
        self.connections, self.requests = 0, []
        self.plugs: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        Thread(target=self.accept, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def accept(self):
        with suppress(OSError):
            while True:
                plug, _ = self.listener.accept()
                self.connections += 1
                self.plugs.append(plug)
                Thread(target=self.serve, args=(plug,), daemon=True).start()

    def serve(self, plug):
        with suppress(OSError, ValueError), plug:
            if self.first:
                self.first(plug)
            if self.context is None:
                self.talk(plug)
            else:
                with self.context.wrap_socket(plug, server_side=True) as safe:
                    self.talk(safe)

    def talk(self, plug):
        with plug.makefile("rb") as file:
            while seen := read(file):
                self.requests.append(seen)
                if self.act(plug, seen):
                    return

    def close(self):
        """With its connections: who sleeps still would wake up in the middle of another test, and read what was left."""
        for plug in (self.listener, *self.plugs):
            with suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)
            plug.close()


@dataclass
class World:
    """Names with their addresses, and addresses with the local server that stands there."""

    trust: Callable
    names: dict[str, list] = field(default_factory=dict)
    servers: dict[str, Server] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host, port):
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answers = self.names[host]
        return answers if isinstance(answers[0], str) else answers.pop(0)

    def dial(self, address, port, seconds):
        self.dialled.append((address, port))
        if address not in self.servers:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.servers[address].port), seconds)

    def rules(self, *allowed):
        return Rules(frozenset(allowed), self.resolve, self.dial, self.trust)
