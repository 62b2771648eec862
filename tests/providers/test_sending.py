"""Paid calls: what leaves, once, on a connection of its own."""

import io
import json

import pytest

from generations.dialects.transfer import Body
from generations.dialects.wire import Call, Inline, Picture
from generations.providers.failure import Forbidden, NotSent, Unknown
from generations.providers.rules import Rules
from generations.providers.way import Way
from tests.providers.conftest import SOON
from tests.providers.server import KEY, say


def test_a_json_call_arrives_as_it_was_written(serve, send, well):
    server = serve(well)
    assert send(server, json={"prompt": "红色的风筝", "n": 2}).body == b'{"task": "7"}'
    seen = server.requests[0]
    assert (seen.line, json.loads(seen.body)) == ("POST /pictures HTTP/1.1", {"prompt": "红色的风筝", "n": 2})
    assert seen.headers["Content-Type"] == "application/json"
    assert seen.headers["Authorization"] == f"Bearer {KEY}"


def test_pictures_are_streamed_into_the_body(serve, send, well):
    picture = Picture("sha", "png", 500_000, lambda: io.BytesIO(bytes(500_000)))
    server = serve(well)
    send(server, json={"image": [Inline(picture)]})
    assert len(json.loads(server.requests[0].body)["image"][0]) > 666_666


def test_a_form_is_any_body_with_a_type_and_a_length(serve, way, well):
    server = serve(well)
    way(server).send(Call("POST", "/pictures"), SOON, Body("multipart/form-data; boundary=x", 6, iter([b"koi", b"koi"])))
    seen = server.requests[0]
    assert (seen.body, seen.headers["Content-Type"]) == (b"koikoi", "multipart/form-data; boundary=x")


def broken():
    yield b"koi"
    raise OSError("the disk is gone")


@pytest.mark.parametrize("pieces", [broken(), [b"koi"], [b"koi", b"koikoikoi"]], ids=["unreadable", "too short", "too long"])
def test_a_body_that_never_becomes_whole_is_no_request(serve, way, well, pieces):
    server = serve(well)
    with pytest.raises(NotSent, match="could not be read to its end"):
        way(server).send(Call("POST", "/pictures"), SOON, Body("image/png", 6, pieces))


def test_a_body_that_fails_after_its_end_may_have_arrived(serve, way, well):
    with pytest.raises(Unknown, match="could not be read to its end"):
        way(serve(well)).send(Call("POST", "/pictures"), SOON, Body("image/png", 3, broken()))


def test_a_redirect_is_an_answer_and_is_not_followed(serve, send):
    other = serve(say())
    server = serve(say(302, location=f"{other.address}/pictures"))
    assert send(server).status == 302
    assert (len(server.requests), other.connections) == (1, 0)


def test_every_paid_call_has_a_connection_of_its_own(serve, way, well):
    server = serve(well)
    one = way(server)
    for _ in range(5):
        one.send(Call("POST", "/pictures", json={}), SOON)
    assert (server.connections, len(server.requests), one.kept) == (5, 5, [])


def test_a_paid_call_is_never_repeated(serve, send):
    server = serve(lambda plug, seen: True)
    with pytest.raises(Unknown):
        send(server)
    assert (server.connections, len(server.requests)) == (1, 1)


def test_a_refusal_is_read_although_the_body_is_not_wanted(serve, way):
    """413 and the like: the server speaks and hangs up while we are still sending."""
    piece = bytes(1024 * 1024)

    def turn_away(plug):
        plug.recv(4_000_000)
        plug.sendall(say(413, b'{"error": "too large"}'))
        plug.close()

    answer = way(serve(say(), first=turn_away)).send(Call("POST", "/pictures"), SOON, Body("image/png", 50 * len(piece), [piece] * 50))
    assert (answer.status, answer.body) == (413, b'{"error": "too large"}')


def test_path_and_query_follow_the_accounts_address(serve, well):
    server = serve(well)
    with Way(f"{server.address}/v1/", "", Rules(frozenset({"127.0.0.1"}))) as way:
        way.send(Call("GET", "/images", query={"q": "a b&c", "n": "2"}), SOON)
    seen = server.requests[0]
    assert seen.line == "GET /v1/images?q=a+b%26c&n=2 HTTP/1.1"
    assert "Authorization" not in seen.headers
    assert seen.headers["Host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("path", [".evil.example/x", "@evil.example/", ":22/", "", "/a\r\nb", "/a\\b"])
def test_a_path_cannot_lead_elsewhere(serve, way, path):
    server = serve(say())
    with pytest.raises(Forbidden):
        way(server).send(Call("POST", path), SOON)
    assert server.connections == 0


def test_a_call_cannot_override_what_makes_it_safe(serve, send, well):
    server = serve(well)
    send(server, headers={"host": "evil.example", "accept-encoding": "gzip", "X-Version": "2"})
    headers = server.requests[0].headers
    assert (headers["Host"], headers["Accept-Encoding"], headers["X-Version"]) == (f"127.0.0.1:{server.port}", "identity", "2")


@pytest.mark.parametrize("address", ["http://api.example", "https://user:pass@api.example", "https://api.example:22", "ftp://api.example"])
def test_an_account_address_keeps_the_rules_of_links(address):
    with pytest.raises(Forbidden):
        Way(address)
