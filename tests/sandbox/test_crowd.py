"""Hundreds of calls that are held open at once."""

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from time import monotonic, sleep

from generations.sandbox.server import Handler
from tests.sandbox.shop import KEY

CROWD = 500


def memory():
    """Resident bytes of this process, which is the server's too."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def call(shop, n, seconds):
    body = json.dumps({"model": "doubao-seedream-4-0-250828", "prompt": f"koi {n} [drill:takes={seconds}]", "size": "1K"}).encode()
    line = socket.create_connection(("127.0.0.1", shop.port), timeout=60)
    head = f"POST /gateway/v1/images/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nConnection: close\r\n"
    line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return line


def wait_for(count, shop):
    end = monotonic() + 60
    while len(shop.world.ledger.read()) < count and monotonic() < end:
        sleep(0.02)
    return len(shop.world.ledger.read())


def test_five_hundred_calls_wait_at_once_in_little_memory(shop, monkeypatch):
    due, before = Event(), memory()
    monkeypatch.setattr(Handler, "_wait", lambda handler, seconds: due.wait(60))  # nobody has an answer before all have asked
    with ExitStack() as stack:
        lines = [stack.enter_context(call(shop, n, 8)) for n in range(CROWD)]
        assert wait_for(CROWD, shop) == CROWD
        assert memory() - before < 60_000_000
        due.set()
        assert {line.makefile("rb").read(12) for line in lines} == {b"HTTP/1.1 200"}


def test_whoever_goes_away_leaves_a_seat(shop):
    shop.world.speed = 1
    for n in range(900):
        call(shop, n, 300).close()
    assert wait_for(700, shop) >= 700
    assert shop.get("/ledger").status == 200


def test_many_tasks_are_asked_for_at_once(shop):
    with ThreadPoolExecutor(50) as crowd:
        tasks = [shop.read("apimart", got).task for got in crowd.map(lambda n: shop.buy("apimart", f"koi {n}"), range(100))]
        states = list(crowd.map(lambda task: shop.wait("apimart", task), tasks))
    assert len({item.link for state in states for item in state.items}) == 100
