"""A body that comes a byte now and then, each of them in good time, and never to its end."""

import runpy
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.unreader import SocketUnreader

LENGTH = 6_000_000


class Drip:
    """A line with a byte a second, on a clock of its own."""

    def __init__(self, at_once: int) -> None:
        self.now, self.at_once = 0.0, at_once

    def settimeout(self, _seconds: float) -> None:
        return None

    def recv(self, most: int) -> bytes:
        self.now += 1
        return b"x" * min(most, self.at_once)


@pytest.fixture
def conf() -> dict[str, Any]:
    return runpy.run_path(str(settings.BASE_DIR / "studio/gunicorn.conf.py"))


def begun(conf: dict[str, Any], at_once: int) -> tuple[Any, Body]:
    line = Drip(at_once)
    conf["hasten"].__globals__["monotonic"] = lambda: line.now
    unreader = SocketUnreader(line)
    request = SimpleNamespace(unreader=unreader)
    conf["pre_request"](SimpleNamespace(heads={}), request)
    return request, Body(LengthReader(unreader, LENGTH))


def test_a_body_that_drips_breaks_off_though_every_byte_is_in_time(conf: dict[str, Any]):
    request, body = begun(conf, at_once=1)
    with pytest.raises(TimeoutError):
        body.read(64 * 1024)
    assert request.unreader.sock.now <= conf["PATIENCE"] + 2


def test_a_slow_line_that_goes_on_is_read_to_its_end(conf: dict[str, Any]):
    request, body = begun(conf, at_once=70_000)
    assert len(body.read(LENGTH)) == LENGTH
    assert request.unreader.sock.now > 2 * conf["PATIENCE"]


def test_the_next_head_on_the_same_line_has_its_own_time(conf: dict[str, Any]):
    request, _body = begun(conf, at_once=1)
    conf["post_request"](None, request, {}, None)
    request.unreader.sock.now = 10_000.0
    assert request.unreader.read(1) == b"x"
