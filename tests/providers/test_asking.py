"""Questions: free, repeatable, and on connections that are kept."""

import socket
import time
from contextlib import suppress

import pytest

from generations.dialects.wire import Call
from generations.providers import way as module
from generations.providers.failure import NotSent, TimedOut, Unknown
from generations.providers.meter import Limits
from tests.providers.conftest import SOON
from tests.providers.server import say

QUESTION = Call("GET", "/tasks/7")


def test_questions_share_a_connection(serve, way, well):
    server = serve(well)
    one = way(server)
    assert {one.ask(QUESTION, SOON).status for _ in range(10)} == {200}
    assert (server.connections, len(server.requests)) == (1, 10)


def test_a_question_may_have_a_body(serve, way, well):
    server = serve(well)
    way(server).ask(Call("POST", "/tasks", json={"id": "7"}), SOON)
    assert server.requests[0].body == b'{"id": "7"}'


def test_a_connection_that_was_closed_meanwhile_is_replaced(serve, way, well):
    server = serve(lambda plug, seen: plug.sendall(well) or True)
    one = way(server)
    assert [one.ask(QUESTION, SOON).status for _ in range(3)] == [200, 200, 200]


def test_a_question_that_meets_a_closing_door_is_asked_again(serve, way, well):
    server = serve(lambda plug, seen: len(server.requests) == 2 or plug.sendall(well))
    one = way(server)
    assert [one.ask(QUESTION, SOON).status for _ in range(2)] == [200, 200]
    assert (server.connections, len(server.requests)) == (2, 3)


def test_a_question_without_an_answer_on_a_new_connection_is_not_repeated(serve, ask):
    server = serve(lambda plug, seen: True)
    with pytest.raises(Unknown):
        ask(server)
    assert len(server.requests) == 1


def test_a_question_that_was_half_answered_is_not_repeated(serve, way, well):
    server = serve(lambda plug, seen: plug.sendall(well if len(server.requests) == 1 else well[:-1]) or len(server.requests) > 1)
    one = way(server)
    one.ask(QUESTION, SOON)
    with pytest.raises(Unknown):
        one.ask(QUESTION, SOON)
    assert len(server.requests) == 2


def test_each_question_on_a_kept_connection_has_its_own_deadline(serve, way, well):
    pauses = iter([0.4, 0.4, 0.4, 5])
    server = serve(lambda plug, seen: time.sleep(next(pauses)) or plug.sendall(well))
    one, short = way(server), Limits(1, 1000)
    assert [one.ask(QUESTION, short).status for _ in range(3)] == [200, 200, 200]
    with pytest.raises(TimedOut):
        one.ask(QUESTION, short)
    assert server.connections == 1


@pytest.mark.parametrize("sent", [say(connection="close"), say(content_length=None), say(body=b"half", content_length=9)])
def test_a_connection_that_ends_with_its_answer_is_not_kept(serve, way, sent):
    server = serve(lambda plug, seen: plug.sendall(sent) or True)
    one = way(server)
    with suppress(Unknown):
        one.ask(QUESTION, SOON)
    assert one.kept == []


def test_a_broken_answer_is_not_left_to_the_next_question(serve, way):
    server = serve(say(body=b"koi", content_encoding="gzip"))
    one = way(server)
    for _ in range(2):
        with pytest.raises(Unknown):
            one.ask(QUESTION, SOON)
    assert server.connections == 2


def test_no_cookie_comes_back(serve, way):
    server = serve(say(set_cookie="a=1; Path=/"))
    one = way(server)
    for _ in range(2):
        one.ask(QUESTION, SOON)
    assert "Cookie" not in server.requests[1].headers


def test_proxies_of_the_environment_are_not_used(serve, ask, well, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        assert ask(serve(well)).status == 200


def test_only_so_many_connections_are_kept(serve, way, well, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 1)
    one = way(serve(well))
    first, second = (module.Line(one.home, one.rules, module.Meter(SOON)) for _ in range(2))
    for line in (first, second):
        one.question(line, QUESTION, module.Meter(SOON))
    assert one.kept == [first]


def test_a_closed_way_keeps_nothing(serve, way, well):
    one = way(serve(well))
    one.ask(QUESTION, SOON)
    one.close()
    one.ask(QUESTION, SOON)
    assert one.kept == []


def test_a_refused_connection_is_told_from_a_lost_answer(serve, ask):
    server = serve(say())
    server.close()
    with pytest.raises(NotSent):
        ask(server)
