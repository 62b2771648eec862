"""The clock on the wall decides, however busy the other side pretends to be."""

import time
from itertools import repeat

import pytest

from generations.dialects.transfer import Body
from generations.dialects.wire import Answer, Call
from generations.providers.failure import NotSent, TimedOut
from generations.providers.meter import Limits
from tests.providers.server import PUBLIC, drip, say

SHORT = Limits(seconds=0.3, bytes=10_000_000)
LATE = r"^No complete answer within 0\.3 seconds\.$"


@pytest.fixture(autouse=True)
def _on_time():
    start = time.monotonic()
    yield
    assert 0.25 < time.monotonic() - start < 3


DRIPS = {
    "nothing at all": [b""],
    "the status line": list(b"HTTP/1.1 200 OK\r\n".ljust(100)),
    "headers": [b"HTTP/1.1 200 OK\r\n", *repeat(b"x: y\r\n", 100)],
    "interim answers": list(repeat(b"HTTP/1.1 102 Wait\r\n\r\n", 100)),
    "the body": [say(content_length=1000), *repeat(b"x", 100)],
    "the body without a length": [say(content_length=None), *repeat(b"x", 100)],
    "the body in chunks": [say(content_length=None, transfer_encoding="chunked"), *repeat(b"1\r\nx\r\n", 100)],
    "the end of the body": [say(content_length=None, transfer_encoding="chunked") + b"0\r\n", *repeat(b"x: y\r\n", 100)],
}


@pytest.fixture(params=DRIPS.values(), ids=DRIPS)
def dripping(request):
    pieces = [bytes([piece]) if isinstance(piece, int) else piece for piece in request.param]
    return lambda plug, seen: drip(plug, *pieces) or time.sleep(1)


def test_a_paid_call_is_over_at_its_deadline(serve, send, dripping):
    with pytest.raises(TimedOut, match=LATE):
        send(serve(dripping), SHORT)


def test_a_question_is_over_at_its_deadline(serve, ask, dripping):
    with pytest.raises(TimedOut, match=LATE):
        ask(serve(dripping), SHORT)


def test_a_download_is_over_at_its_deadline(public, load, dripping):
    public(dripping)
    with pytest.raises(TimedOut, match=LATE):
        load(limits=SHORT)


def test_a_server_that_does_not_read_holds_nothing(serve, way):
    piece = bytes(1024 * 1024)
    body = Body("image/png", 500 * len(piece), repeat(piece, 500))
    with pytest.raises(TimedOut, match=LATE):
        way(serve(say(), first=lambda plug: time.sleep(1))).send(Call("POST", "/pictures"), SHORT, body)


def test_hops_share_one_deadline(public, load):
    public(lambda plug, seen: time.sleep(0.3) or plug.sendall(say(302, location="/on")))
    with pytest.raises((TimedOut, NotSent), match=r"0\.7 seconds"):
        load(limits=Limits(seconds=0.7, bytes=10_000_000))


def test_a_handshake_without_an_answer_proves_that_nothing_was_sent(world, serve, load):
    world.names["pictures.example"] = [PUBLIC]
    world.servers[PUBLIC] = serve(say(), first=lambda plug: time.sleep(1))
    with pytest.raises(NotSent, match=r"^No connection within 0\.3 seconds\.$"):
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
    monkeypatch.setattr(world, "dial", lambda *where: time.sleep(0.35) or dial(*where))
    with pytest.raises(NotSent, match="No connection within"):
        load(limits=SHORT)
    assert server.requests == []


def test_what_came_before_the_deadline_is_kept(serve, send):
    with pytest.raises(TimedOut) as caught:
        send(serve(say(body=b'{"task": "7"', content_length=100)), SHORT)
    assert caught.value.partial == Answer(200, b'{"task": "7"', {"content-length": "100", "content-type": "application/json"})
