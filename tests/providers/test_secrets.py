"""The key is in the request and nowhere else."""

import logging
import traceback

import pytest

from generations.dialects.wire import Call
from generations.providers.failure import Failure, Forbidden, TimedOut
from generations.providers.meter import Limits
from generations.providers.way import Way
from tests.providers.conftest import SOON
from tests.providers.server import KEY, reset, say

POST = Call("POST", "/pictures", json={"prompt": "koi"})
FAULTS = {
    "closed": lambda plug, seen: True,
    "reset": lambda plug, seen: reset(plug),
    "no http": lambda plug, seen: plug.sendall(b"koi\r\n\r\n") or True,
    "packed": lambda plug, seen: plug.sendall(say(content_encoding="gzip")),
    "cut": lambda plug, seen: plug.sendall(say(content_length=9)) or True,
    "large": lambda plug, seen: plug.sendall(say(content_length=10**12)),
    "silent": lambda plug, seen: plug.recv(1) and False,
}


def told(error):
    """All that a log would show of it, and what hangs on it unseen."""
    text = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    return text + (told(error.__context__) if error.__context__ else "")


@pytest.mark.parametrize("act", FAULTS.values(), ids=FAULTS)
def test_a_failure_does_not_tell_the_key(serve, way, act, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Failure) as caught:
        way(serve(act)).send(POST, Limits(0.3, 1000))
    assert KEY not in told(caught.value) + caplog.text


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY}\r\nX: y", f"{KEY}密", f"{KEY} ", f"\0{KEY}", f"{KEY}\x7f"])
def test_a_key_that_cannot_be_sent_is_refused_without_being_shown(key):
    with pytest.raises(Forbidden) as caught:
        Way("https://api.example", key)
    assert str(caught.value) == "The key contains characters that cannot be sent."
    assert KEY not in told(caught.value)


def test_nothing_shows_the_key(serve, way, well, caplog):
    caplog.set_level(logging.DEBUG)
    one = way(serve(well))
    answer = one.ask(Call("GET", "/tasks/7", query={"signature": "secret"}), SOON)
    assert KEY not in repr(one) + repr(answer) + repr(one.kept) + repr(one.rules) + caplog.text


def test_no_log_shows_a_signed_link(public, load, caplog):
    caplog.set_level(logging.DEBUG)
    public(say(body=b"koi"))
    fetched, _ = load("https://pictures.example/koi.png?signature=secret")
    assert "secret" not in caplog.text + repr(fetched)


def test_the_prefix_of_the_key_can_be_left_out(serve, way, well):
    server = serve(well)
    way(server, prefix="").send(POST, SOON)
    assert server.requests[0].headers["Authorization"] == KEY


def test_a_failure_can_be_translated(serve, send):
    with pytest.raises(TimedOut) as caught:
        send(serve(lambda plug, seen: plug.recv(1) and False), Limits(0.1, 1000))
    assert caught.value.message == "No complete answer within {seconds} seconds."
    assert caught.value.values == {"seconds": "0.1"}
