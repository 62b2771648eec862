"""Row 60: names that lie, change their mind, or never answer."""

from threading import Event

import pytest

from generations.dialects.wire import Call
from generations.providers import rules
from generations.providers.failure import Forbidden, NotSent
from generations.providers.meter import Limits
from generations.providers.way import Way
from tests.providers.conftest import SOON
from tests.providers.server import KEY, PUBLIC, say

POST = Call("POST", "/pictures", json={})


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "::ffff:a9fe:a9fe"], [PUBLIC, "nonsense"]])
def test_one_inner_address_among_good_ones_is_enough_to_refuse(world, load, answers):
    world.names["pictures.example"] = answers
    with pytest.raises(Forbidden, match="inside the server's network"):
        load()
    assert world.dialled == []


def test_a_name_that_changes_its_mind_is_called_where_it_was_checked(public, world, load):
    public(say(body=b"koi"))
    world.names["pictures.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert load()[1] == b"koi"
    assert (world.asked, world.dialled) == (["pictures.example"], [(PUBLIC, 443)])


def test_every_call_checks_anew(public, world, load):
    public(say(body=b"koi"))
    world.names["pictures.example"] = [[PUBLIC], ["127.0.0.1"]]
    load()
    with pytest.raises(Forbidden):
        load()
    assert len(world.dialled) == 1


def test_an_account_inside_is_not_called_unless_its_host_is_allowed(world, serve, well):
    world.names["gateway.internal"], world.servers["10.0.0.5"] = ["10.0.0.5"], serve(well)
    with Way("http://gateway.internal:3000/v1", KEY, world.rules("gateway.internal")) as way:
        assert way.send(POST, SOON).status == 200
    with Way("https://gateway.internal", KEY, world.rules("other.internal")) as way, pytest.raises(Forbidden):
        way.send(POST, SOON)
    assert world.dialled == [("10.0.0.5", 3000)]


def test_the_next_address_is_tried_when_one_is_dead(public, world, load):
    public(say(body=b"koi"))
    world.names["pictures.example"] = ["2606:4700::1111", PUBLIC]
    assert load()[1] == b"koi"


def test_a_name_that_nobody_knows_proves_that_nothing_was_sent(world, load):
    with pytest.raises(NotSent, match=r"^pictures\.example has no address\.$"):
        load()


def test_a_name_server_that_is_silent_does_not_hold_the_call(world, load, monkeypatch):
    done, answered = Event(), []
    monkeypatch.setattr(world, "resolve", lambda host, port: answered.append(done.wait(60)))
    with pytest.raises(NotSent, match=r"^No connection within 0\.3 seconds\.$"):
        load(limits=Limits(0.3, 100))
    assert answered == []
    done.set()


def test_a_dead_name_server_costs_a_limited_number_of_threads(world, load):
    for _ in range(32):
        rules.LOOKUPS.acquire()
    with pytest.raises(NotSent, match="No connection within"):
        load(limits=Limits(0.1, 100))
    rules.LOOKUPS.release(32)
    assert world.asked == []


def test_nobody_waits_for_a_connection_as_long_as_for_a_picture(public, world, load, monkeypatch):
    waits, dial = [], world.dial
    public(say(body=b"koi"))
    monkeypatch.setattr(world, "dial", lambda address, port, seconds: waits.append(seconds) or dial(address, port, seconds))
    load(limits=Limits(360, 100))
    assert waits == [10]


def test_the_systems_own_answer_is_used_by_default():
    assert rules.system("127.0.0.1", 443) == ["127.0.0.1"]
