"""Row 62, and rule d3: every hop is checked as if it were the first."""

import io

import pytest

from generations.providers.failure import Declined, Forbidden
from tests.providers.conftest import SOON
from tests.providers.server import KEY, PUBLIC, say

ASTRAY = r"^The link redirects to a place that is not allowed\.$"


def chain(length):
    """Moves on from /0 to /1 to … and then shows a picture."""

    def act(plug, seen):
        place = int(seen.line.split()[1][1:])
        plug.sendall(say(302, location=f"/{place + 1}") if place < length else say(body=b"koi"))

    return act


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://inner.example/",
        "http://pictures.example/",
        "https://pictures.example:22/",
        "https://user:pass@pictures.example/",
        "file:///etc/passwd",
        "gopher://pictures.example/",
        "//localhost/",
        "https://pictures.example/".ljust(3000, "x"),
    ],
)
def test_a_redirect_inward_is_not_followed(public, world, load, location):
    server = public(say(302, location=location))
    world.names |= {"inner.example": ["10.0.0.1"], "localhost": ["127.0.0.1"]}
    with pytest.raises(Forbidden, match=ASTRAY):
        load()
    assert len(server.requests) == len(world.dialled) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_good_place_is_followed(public, load, status):
    public(lambda plug, seen: plug.sendall(say(body=b"koi") if "/new" in seen.line else say(status, location="/new?a=1")))
    fetched, content = load()
    assert (fetched.link, content) == ("https://pictures.example/new?a=1", b"koi")


def test_three_hops_are_followed(public, load):
    public(chain(3))
    assert load("https://pictures.example/0")[1] == b"koi"


def test_six_hops_are_not(public, load):
    server = public(chain(6))
    with pytest.raises(Forbidden, match=ASTRAY):
        load("https://pictures.example/0")
    assert len(server.requests) == 4


def test_a_loop_ends(public, load):
    server = public(say(302, location="/koi.png"))
    with pytest.raises(Forbidden, match=ASTRAY):
        load()
    assert len(server.requests) == 4


def test_a_name_that_turns_inward_between_hops_is_caught(public, world, load):
    public(say(302, location="/again"))
    world.names["pictures.example"] = [[PUBLIC], ["127.0.0.1"]]
    with pytest.raises(Forbidden, match=ASTRAY):
        load()
    assert world.dialled == [(PUBLIC, 443)]


def test_a_redirect_to_nowhere_is_said_as_it_is(public, load):
    public(say(302))
    with pytest.raises(Declined, match=r"^The link answers with 302\.$"):
        load()


def test_a_redirect_may_lead_to_an_allowed_host(public, world, serve, load):
    inner = serve(say(body=b"koi"))
    world.names["store.internal"], world.servers["10.0.0.9"] = ["10.0.0.9"], inner
    public(say(302, location="http://store.internal:9000/koi"))
    assert load(allowed=["store.internal"])[1] == b"koi"


def test_the_key_stays_with_whom_it_was_meant_for(public, world, serve, authority, load):
    other = serve(say(302, location="https://pictures.example/back"), context=authority.context("other.example"))
    world.names["other.example"], world.servers["1.1.1.1"] = ["1.1.1.1"], other
    server = public(
        lambda plug, seen: plug.sendall(say(body=b"koi") if "/back" in seen.line else say(302, location="https://other.example/x"))
    )
    load(headers={"Authorization": f"Bearer {KEY}"})
    assert ["Authorization" in seen.headers for seen in (server.requests[0], other.requests[0], server.requests[1])] == [True, False, False]


def test_the_key_goes_along_within_the_same_place(public, load):
    server = public(chain(1))
    load("https://pictures.example/0", headers={"Authorization": f"Bearer {KEY}"})
    assert all(seen.headers["Authorization"] == f"Bearer {KEY}" for seen in server.requests)


def test_the_key_does_not_go_to_another_door_of_the_same_host(serve, way):
    other = serve(say(body=b"koi"))
    server = serve(say(302, location=f"{other.address}/koi"))
    way(server).fetch(f"{server.address}/koi", SOON, io.BytesIO())
    assert ["Authorization" in seen.headers for seen in server.requests + other.requests] == [True, False]
