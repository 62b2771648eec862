"""The clock on the wall decides, however busy the other side pretends to be."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from urllib.parse import quote, unquote

import pytest

from generations.dialects.transfer import Body
from generations.dialects.wire import Answer, Call
from generations.providers.failure import NotSent, TimedOut
from generations.providers.meter import Limits
from tests.providers.server import PUBLIC, drip, say

SHORT = Limits(seconds=0.6, bytes=10_000_000)
LATE = "No complete answer within 0.6 seconds."


@pytest.fixture(autouse=True)
def _on_time():
    start = time.monotonic()
    yield
    assert time.monotonic() - start > 0.5  # and not later, for the other side would end otherwise than by the clock


DRIPS = {
    "nothing at all": [b""],
    "the status line": [bytes([letter]) for letter in b"HTTP/1.1 200 OK\r\n".ljust(100)],
    "headers": [b"HTTP/1.1 200 OK\r\n", *repeat(b"x: y\r\n", 100)],
    "interim answers": list(repeat(b"HTTP/1.1 102 Wait\r\n\r\n", 100)),
    "the body": [say(content_length=1000), *repeat(b"x", 100)],
    "the body without a length": [say(content_length=None), *repeat(b"x", 100)],
    "the body in chunks": [say(content_length=None, transfer_encoding="chunked"), *repeat(b"1\r\nx\r\n", 100)],
    "the end of the body": [say(content_length=None, transfer_encoding="chunked") + b"0\r\n", *repeat(b"x: y\r\n", 100)],
}


def dripping(plug, seen):
    """What it drips stands in the last part of the path."""
    drip(plug, *DRIPS[unquote(seen.line.split()[1].rpartition("/")[2])])
    time.sleep(5)


def said(call):
    """By every way to drip, all at once: what the caller is told."""

    def one(what):
        try:
            return call(quote(f"/{what}"))
        except TimedOut as late:
            return str(late)

    with ThreadPoolExecutor(len(DRIPS)) as crowd:
        return dict(zip(DRIPS, crowd.map(one, DRIPS), strict=True))


def test_a_paid_call_is_over_at_its_deadline(serve, way):
    server = serve(dripping)
    assert said(lambda path: way(server).send(Call("POST", path, json={"prompt": "koi"}), SHORT)) == dict.fromkeys(DRIPS, LATE)


def test_a_question_is_over_at_its_deadline(serve, way):
    server = serve(dripping)
    assert said(lambda path: way(server).ask(Call("GET", path), SHORT)) == dict.fromkeys(DRIPS, LATE)


def test_a_download_is_over_at_its_deadline(public, load):
    public(dripping)
    assert said(lambda path: load(f"https://pictures.example{path}", SHORT)) == dict.fromkeys(DRIPS, LATE)


def test_a_server_that_does_not_read_holds_nothing(serve, way):
    piece = bytes(1024 * 1024)
    body = Body("image/png", 500 * len(piece), repeat(piece, 500))
    with pytest.raises(TimedOut, match=re.escape(LATE)):
        way(serve(say(), first=lambda plug: time.sleep(5))).send(Call("POST", "/pictures"), SHORT, body)


def test_hops_share_one_deadline(public, load):
    public(lambda plug, seen: time.sleep(0.3) or plug.sendall(say(302, location="/on")))
    with pytest.raises((TimedOut, NotSent), match=r"0\.7 seconds"):
        load(limits=Limits(seconds=0.7, bytes=10_000_000))


def test_a_handshake_without_an_answer_proves_that_nothing_was_sent(world, serve, load):
    world.names["pictures.example"] = [PUBLIC]
    world.servers[PUBLIC] = serve(say(), first=lambda plug: time.sleep(5))
    with pytest.raises(NotSent, match=r"^No connection within 0\.6 seconds\.$"):
        load(limits=SHORT)


def test_an_address_without_an_answer_proves_that_nothing_was_sent(world, load, monkeypatch):
    world.names["pictures.example"] = [PUBLIC]

    def vanish(address, port, seconds):
        time.sleep(seconds)
        raise TimeoutError

    monkeypatch.setattr(world, "dial", vanish)
    with pytest.raises(NotSent, match="No connection within"):
        load(limits=SHORT)


def test_a_connection_that_comes_too_late_is_not_used(world, public, load, monkeypatch):
    server, dial = public(say()), world.dial
    monkeypatch.setattr(world, "dial", lambda *where: time.sleep(0.7) or dial(*where))
    with pytest.raises(NotSent, match="No connection within"):
        load(limits=SHORT)
    assert server.requests == []


def test_what_came_before_the_deadline_is_kept(serve, send):
    with pytest.raises(TimedOut) as caught:
        send(serve(say(body=b'{"task": "7"', content_length=100)), SHORT)
    assert caught.value.partial == Answer(200, b'{"task": "7"', {"content-length": "100", "content-type": "application/json"})
