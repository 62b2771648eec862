import io
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import BoundedSemaphore
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from PIL import Image

from generations.sandbox import server as module
from generations.sandbox.painter import encode, paint
from generations.sandbox.server import Sandbox
from generations.sandbox.wire import Route, say


def ask(line, path, method="GET", **options):
    line.request(method, path, **options)
    answer = line.getresponse()
    return answer, answer.read()


def raw(sandbox, sent):
    with socket.create_connection(("127.0.0.1", sandbox.server_port), timeout=10) as connection:
        connection.sendall(sent)
        return connection.makefile("rb").read()


def test_it_says_that_it_is_well(line):
    answer, body = ask(line, "/healthz")
    assert (answer.status, body) == (200, b"ok\n")


def test_it_says_what_it_is(line):
    answer, body = ask(line, "/")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "pretend" in json.loads(body)["about"]


@pytest.mark.parametrize(("format", "kind"), [("jpg", "image/jpeg"), ("png", "image/png"), ("webp", "image/webp")])
def test_it_serves_the_painted_picture(line, format, kind):
    answer, body = ask(line, f"/pictures/320x200/2.{format}?prompt={quote('红色的风筝')}")
    assert (answer.headers["Content-Type"], int(answer.headers["Content-Length"])) == (kind, len(body))
    assert body == encode(paint("红色的风筝", 2, 320, 200), format)


def test_a_picture_has_the_size_in_its_address(line):
    _, body = ask(line, "/pictures/640x96/0.jpg?prompt=koi")
    assert Image.open(io.BytesIO(body)).size == (640, 96)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/pictures/10x10/0.jpg", "64 to 16384"),
        ("/pictures/16385x1100/0.jpg", "64 to 16384"),
        ("/pictures/8192x100/0.jpg", "16 times"),
        ("/pictures/512/0.jpg", "whole number"),
        ("/pictures/ax512/0.jpg", "whole number"),
        ("/pictures/-512x512/0.jpg", "whole number"),
        ("/pictures/512x%D9%A5%D9%A1%D9%A2/0.jpg", "whole number"),
        ("/pictures/512x99999999999999999999/0.jpg", "whole number"),
        ("/pictures/512x512/0.gif", "jpg|png|webp"),
        ("/pictures/512x512/x.jpg", "whole number"),
    ],
)
def test_a_bad_address_gets_one_clear_sentence(line, path, word):
    answer, body = ask(line, path)
    sentence = json.loads(body)["error"]
    assert answer.status == 400
    assert word in sentence
    assert sentence.endswith(".")


def test_an_unknown_address_is_not_found(line):
    answer, body = ask(line, "/nowhere")
    assert (answer.status, json.loads(body)["error"]) == (404, "There is nothing at /nowhere.")


def test_a_wrong_method_is_told_the_right_one(line):
    answer, _ = ask(line, "/healthz", "POST", body=b"hello")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")


def test_one_connection_serves_many_requests(line):
    assert [ask(line, path)[0].status for path in ("/healthz", "/nowhere", "/pictures/1x1/0.jpg", "/healthz")] == [200, 404, 400, 200]


def test_a_question_for_the_head_alone_gets_no_body(line):
    answer, body = ask(line, "/healthz", "HEAD")
    assert (answer.headers["Content-Length"], body) == ("3", b"")
    assert ask(line, "/healthz")[0].status == 200


def test_a_length_that_is_missing_or_too_large_is_refused(sandbox):
    assert raw(sandbox, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").startswith(b"HTTP/1.1 411")
    assert raw(sandbox, b"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n").startswith(b"HTTP/1.1 413")


def test_nonsense_gets_a_sentence_too(sandbox):
    head, _, body = raw(sandbox, b"complete nonsense, friends\r\n\r\n").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert json.loads(body)["error"].endswith(".")


def test_a_slow_request_is_given_up(sandbox, monkeypatch):
    monkeypatch.setattr(module, "WAIT", 0.2)
    assert raw(sandbox, b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nonly this") == b""


def test_a_mistake_of_its_own_is_an_answer_and_not_a_silence(caplog):
    with Sandbox("127.0.0.1", 0, [Route("GET", "/", lambda request: 1 / 0)]) as server, ThreadPoolExecutor() as pool:
        answer = pool.submit(raw, server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        server.handle_request()
        assert answer.result().startswith(b"HTTP/1.1 500")
    assert "ZeroDivisionError" in caplog.text


def test_routes_take_the_body_and_the_headers():
    routes = [Route("POST", "/echo/{name}", lambda r: say(200, [r.wild["name"], r.headers["x-key"], r.query["q"], r.body.decode()]))]
    sent = b"POST /echo/a%20b?q=%E9%B1%BC HTTP/1.1\r\nX-Key: k\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    with Sandbox("127.0.0.1", 0, routes) as server, ThreadPoolExecutor() as pool:
        answer = pool.submit(raw, server, sent)
        server.handle_request()
        assert json.loads(answer.result().partition(b"\r\n\r\n")[2]) == ["a b", "k", "鱼", "hi"]


def test_hundreds_of_open_connections_do_not_keep_others_waiting(sandbox):
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(closing(socket.create_connection(("127.0.0.1", sandbox.server_port))))
        with urlopen(f"{sandbox.url}/healthz", timeout=5) as answer:
            assert answer.status == 200


def test_a_full_house_says_so():
    with Sandbox("127.0.0.1", 0) as server, ThreadPoolExecutor() as pool:
        server.seats = BoundedSemaphore(1)
        server.seats.acquire()
        answer = pool.submit(raw, server, b"")
        server.handle_request()
        assert answer.result().startswith(b"HTTP/1.1 503")
