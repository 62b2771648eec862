"""Hundreds of calls at once, each with its own answer."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from generations.dialects.wire import Call
from generations.providers.meter import Limits
from tests.providers.server import say

CROWD = 200
LIMITS = Limits(60, 10_000)


def echo(plug, seen):
    time.sleep(0.2)
    plug.sendall(say(body=seen.body))


def paint(way, number):
    return json.loads(way.send(Call("POST", "/pictures", json={"n": number}), LIMITS).body)["n"]


def look(way, number):
    return json.loads(way.ask(Call("POST", "/tasks", json={"n": number}), LIMITS).body)["n"]


def test_two_hundred_paid_calls_are_in_flight_at_once(serve, way):
    all_there = Barrier(CROWD, timeout=60)  # nobody has an answer before all have asked
    server = serve(lambda plug, seen: all_there.wait() < CROWD and plug.sendall(say(body=seen.body)))
    one = way(server)
    with ThreadPoolExecutor(CROWD) as pool:
        assert list(pool.map(lambda number: paint(one, number), range(CROWD))) == list(range(CROWD))
    assert server.connections == CROWD


def test_two_hundred_questions_at_once_do_not_mix_their_answers(serve, way):
    server = serve(echo)
    one = way(server)
    with ThreadPoolExecutor(CROWD) as pool:
        assert list(pool.map(lambda number: look(one, number), range(2 * CROWD))) == list(range(2 * CROWD))
    assert len(one.kept) <= 64
    assert server.connections < 2 * CROWD


def test_a_crowd_on_few_connections_does_not_mix_its_answers(serve, way):
    server = serve(lambda plug, seen: plug.sendall(say(body=seen.body)))
    one = way(server)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: look(one, number), range(1000))) == list(range(1000))
    assert server.connections <= 16
