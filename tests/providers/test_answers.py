"""Answers that are none: rows F11 to F21. What was paid for may be in them, so nothing is thrown away."""

import gzip
import time

import pytest

from generations.providers.failure import Forbidden, Garbled, NotSent, TooLarge, Unknown
from generations.providers.meter import Limits
from tests.memory import within
from tests.providers.server import reset, say

NO_HTTP = "The answer is not proper HTTP."
CUT = "The answer broke off before its end."


def failure(call, server, kind, **options):
    with pytest.raises(Unknown) as caught:
        call(server, **options)
    assert type(caught.value) is kind
    return caught.value


@pytest.mark.parametrize(
    "sent",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x50\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nkoikoi",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:50]),
)
def test_what_is_no_http_is_unknown(serve, send, sent):
    server = serve(lambda plug, seen: plug.sendall(sent) or True)
    assert str(failure(send, server, Garbled)) == NO_HTTP


def test_200_kb_of_headers_are_not_read_to_the_end(serve, send):
    lines = b"".join(b"x-%d: %s\r\n" % (count, b"y" * 100) for count in range(2000))
    failure(send, serve(b"HTTP/1.1 200 OK\r\n" + lines), Garbled)


def test_a_flood_of_interim_answers_ends_by_its_bytes(serve, send):
    flood = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000
    said = str(failure(send, serve(flood), Garbled))
    assert said == "The answer has more than 262 144 bytes around its content."


def test_a_few_interim_answers_are_fine(serve, send):
    assert send(serve(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3 + say(201))).status == 201


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        (say(body=b'{"task": "7"', content_length=200), b'{"task": "7"'),
        (say(content_length=None, transfer_encoding="chunked") + b'c\r\n{"task": "7"\r\n', b'{"task": "7"'),
        (say(content_length=None, transfer_encoding="chunked") + b"3\r\nkoi\r\nzz\r\n", b"koi"),
    ],
)
def test_an_answer_cut_short_keeps_what_came(serve, send, sent, came):
    caught = failure(send, serve(lambda plug, seen: plug.sendall(sent) or True), Garbled)
    assert (str(caught), caught.partial.status, caught.partial.body) == (CUT, 200, came)


def test_an_answer_longer_than_it_said_is_read_as_long_as_it_said(serve, ask):
    assert ask(serve(say(body=b"koi", content_length=2))).body == b"ko"


def test_a_reset_within_the_body_keeps_what_came(serve, send):
    def act(plug, seen):
        plug.sendall(say(body=b"half", content_length=100))
        time.sleep(0.5)  # or the reset would overtake it
        return reset(plug)

    assert failure(send, serve(act), Garbled).partial.body == b"half"


@pytest.mark.parametrize("act", [lambda plug, seen: True, lambda plug, seen: reset(plug)], ids=["closed", "reset"])
def test_no_answer_is_unknown(serve, send, act):
    assert str(failure(send, serve(act), Unknown)) == "The connection was closed without an answer."


@pytest.mark.parametrize("drop", [reset, lambda plug: plug.close()], ids=["reset", "closed"])
def test_a_connection_that_is_taken_and_dropped_is_unknown(serve, send, drop):
    failure(send, serve(say(), first=lambda plug: time.sleep(0.05) or drop(plug)), Unknown)


def test_a_refused_connection_proves_that_nothing_was_sent(serve, send):
    server = serve(say())
    server.close()
    with pytest.raises(NotSent, match=r"^127\.0\.0\.1 is not reachable\.$"):
        send(server)


def test_an_answer_too_large_is_refused_by_what_it_announces(serve, send):
    server = serve(say(content_length=99 * 1024**3))
    assert str(failure(send, server, TooLarge)) == "The answer has 101376 MB; the limit is 1 MB."


@pytest.mark.parametrize(
    "how", [{"content_length": None}, {"content_length": None, "transfer_encoding": "chunked"}], ids=["to the end", "chunked"]
)
def test_an_answer_without_a_length_is_cut_at_the_limit(serve, send, how):
    piece = b"10000\r\n" + bytes(65536) + b"\r\n" if "transfer_encoding" in how else bytes(65536)
    server = serve(lambda plug, seen: plug.sendall(say(**how) + piece * 200) or True)
    caught = failure(send, server, TooLarge)
    assert str(caught) == "The answer has more than 1 MB."
    assert len(caught.partial.body) <= 1024 * 1024


def test_a_body_of_hardly_anything_but_frames_is_refused(serve, send):
    frame = b"1;" + b"x" * 1000 + b"\r\ny\r\n"
    server = serve(say(content_length=None, transfer_encoding="chunked") + frame * 5000)
    assert "around its content" in str(failure(send, server, Garbled))


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd", "GZIP", "identity, gzip", "gzip, gzip", "x"])
def test_a_packed_answer_is_refused_at_its_header(serve, send, encoding):
    bomb = gzip.compress(bytes(1_000_000))
    caught = failure(send, serve(say(body=bomb, content_encoding=encoding)), Garbled)
    assert str(caught) == "The answer is packed, although that was refused."
    assert caught.partial.status == 200


def test_identity_is_what_was_asked_for(serve, ask):
    server = serve(say(body=b"koi", content_encoding="identity"))
    assert ask(server).body == b"koi"
    assert server.requests[0].headers["Accept-Encoding"] == "identity"


def test_a_large_answer_costs_little_more_than_its_size(serve, ask):
    size = 20 * 1024 * 1024
    server = serve(lambda plug, seen: plug.sendall(say(content_length=size)) or [plug.sendall(bytes(65536)) for _ in range(size // 65536)])
    assert len(within(size * 3 // 2, lambda: ask(server, limits=Limits(10, size))).body) == size


def test_a_length_said_twice_is_one_length(serve, ask):
    assert ask(serve(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nkoi")).body == b"koi"


def test_a_length_beside_chunks_counts_for_nothing(serve, ask):
    sent = say(content_length=10**12, transfer_encoding="chunked") + b"3\r\nkoi\r\n0\r\n\r\n"
    assert ask(serve(sent)).body == b"koi"


def test_headers_come_in_small_letters_and_together(serve, ask):
    answer = ask(serve(say(body=b"", X_Request_Id="7", x_request_id="8", Retry_After="30")))
    assert (answer.headers["x-request-id"], answer.headers["retry-after"]) == ("7, 8", "30")


def test_a_header_that_cannot_be_sent_is_not_sent(serve, send):
    server = serve(say())
    for text in ("a\r\nHost: b", "高"):
        with pytest.raises(Forbidden, match="characters that cannot be sent"):
            send(server, headers={"X-Note": text})
    assert server.requests == []
