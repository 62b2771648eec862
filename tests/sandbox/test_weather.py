"""Answers that are spoiled on their way: on submit, on a poll, on a download."""

import gzip
import io
import json
import socket
from dataclasses import replace
from functools import partial
from http.client import HTTPException, IncompleteRead, LineTooLong

import pytest

from generations.dialects.outcome import Finished, Next, Sent, Trouble
from generations.sandbox.weather.drills import SPOILERS
from generations.sandbox.weather.faults import FAULTS
from tests.sandbox.shop import KEY

BODY = {"model": "doubao-seedream-4-0-250828", "prompt": "koi", "size": "1K"}
NAMES = [drill.name for drill in SPOILERS]
# The standard library takes the first of two lengths and is content, and it has no patience with a whole answer, only with its pieces.
SEEN = [name for name in NAMES if name not in ("two-lengths", "drip-head", "drip-body")]
ANSWERED = [name for name in NAMES if name not in FAULTS and name != "gzip-bomb"]
BREAKS = [("reset", ConnectionResetError), ("hang-up", ConnectionResetError), ("cut-body", IncompleteRead), ("fat-headers", LineTooLong)]


def start(shop, drill):
    """The first bytes of an answer, as they come."""
    body = json.dumps({**BODY, "drill": drill}).encode()
    head = f"POST /gateway/v1/images/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
    line = socket.create_connection(("127.0.0.1", shop.port), timeout=5)
    line.sendall(head.encode() + body)
    return line


def patient(shop, name):
    """Whoever waits in vain waits only for a moment."""
    return replace(shop, patience=0.5 if name == "silence" else 30)


def well(shop, dialect, ask):
    """Whether a client would make anything of it."""
    try:
        got = ask()
        if dialect:
            return isinstance(shop.read(dialect, got), Finished)
        got.picture.load()
        return got.status == 200
    except (OSError, HTTPException, SyntaxError):
        return False


class TestOnSubmit:
    @pytest.mark.parametrize("dialect", ["gateway", "apimart", "tensorslab"])
    def test_nobody_can_tell_whether_it_was_bought_but_it_was(self, shop, dialect):
        for name in ANSWERED:
            read = shop.read(dialect, shop.buy(dialect, f"koi [drill:{name}]"))
            assert isinstance(read, Trouble), name
            assert (name, read.next, read.sent) == (name, Next.ASK, Sent.UNKNOWN)
        assert [line["drills"] for line in shop.ledger] == [[name] for name in ANSWERED]

    def test_it_can_strike_before_anything_was_bought(self, shop):
        for name in SEEN:
            well(shop, "gateway", partial(patient(shop, name).buy, "gateway", f"koi [drill:{name}] [drill:unpaid]"))
        assert shop.ledger == []

    def test_it_is_counted_though_no_answer_comes(self, shop):
        for name in SEEN:
            assert not well(shop, "gateway", partial(patient(shop, name).buy, "gateway", f"koi [drill:{name}]")), name
        assert sorted(name for line in shop.ledger for name in line["drills"]) == sorted(SEEN)

    @pytest.mark.parametrize(("name", "error"), BREAKS)
    def test_the_connection_breaks_as_it_says(self, shop, name, error):
        with pytest.raises(error):
            shop.buy("gateway", f"koi [drill:{name}]")

    def test_two_lengths_contradict_each_other(self, shop):
        with start(shop, "two-lengths") as line:
            head = line.makefile("rb").read().partition(b"\r\n\r\n")[0]
        assert len({one for one in head.split(b"\r\n") if one.startswith(b"Content-Length")}) == 2

    @pytest.mark.parametrize("name", ["drip-head", "drip-body"])
    def test_a_drip_comes_byte_by_byte(self, shop, name):
        with start(shop, name) as line:
            pieces = [line.recv(65536) for _ in range(8)]
        assert max(len(piece) for piece in pieces[-5:]) < 10  # whoever reads late finds a few together

    def test_a_flood_has_no_end(self, shop):
        with start(shop, "flood") as line:
            water = b"".join(line.recv(65536) for _ in range(5))
        assert water.count(b"HTTP/1.1 102 Processing") > 40

    def test_a_silence_is_complete(self, shop):
        with start(shop, "silence") as line:
            line.settimeout(0.2)
            with pytest.raises(TimeoutError):
                line.recv(1)

    def test_a_huge_length_is_promised(self, shop):
        with start(shop, "huge-length") as line:
            assert b"Content-Length: 99000000000\r\n" in line.recv(65536)

    def test_a_bomb_is_small_until_it_is_opened(self, shop):
        got = shop.buy("gateway", "koi [drill:gzip-bomb]")
        assert (got.headers["content-encoding"], len(got.body) < 2_000_000) == ("gzip", True)
        with gzip.open(io.BytesIO(got.body)) as opened:
            assert opened.read(100_000_000) == bytes(100_000_000)

    def test_a_redirect_leads_inside(self, shop):
        assert shop.buy("gateway", "koi [drill:redirect]").headers["location"].startswith("http://169.254.169.254/")


class TestOnPoll:
    @pytest.mark.parametrize("dialect", ["apimart", "tensorslab"])
    def test_every_one_strikes_twice_and_then_all_is_well(self, shop, dialect):
        for name in SEEN:
            task = shop.read(dialect, shop.buy(dialect, f"koi {name} [drill:poll-{name},takes=0]")).task
            asked = [well(shop, dialect, partial(patient(shop, name).poll, dialect, task)) for _ in range(2)]
            assert (name, asked) == (name, [False, False])
            assert isinstance(shop.wait(dialect, task), Finished)


class TestOnDownload:
    def test_every_one_strikes_twice_and_then_all_is_well(self, shop):
        for name in SEEN:
            link = shop.order("gateway", f"koi [drill:load-{name}]", engine="gateway/seedream-3.0-t2i").items[0].link
            seen = [well(shop, "", partial(patient(shop, name).fetch, link)) for _ in range(2)]
            assert (name, seen, well(shop, "", partial(shop.fetch, link))) == (name, [False, False], True)
