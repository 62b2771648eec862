"""Row 63, and F28 to F31: files from links."""

import gzip
import hashlib
import io

import pytest

from generations.providers.failure import Declined, Garbled, TooLarge
from generations.providers.meter import Limits
from tests.memory import within
from tests.providers.server import KEY, say


def test_a_file_comes_with_its_size_its_hash_and_its_type(public, load):
    public(say(body=b"koi" * 100_000, content_type="image/PNG; charset=x"))
    fetched, content = load("https://pictures.example/koi.png?signature=1")
    assert content == b"koi" * 100_000
    assert (fetched.size, fetched.sha256, fetched.type) == (300_000, hashlib.sha256(content).hexdigest(), "image/png")
    assert fetched.link == "https://pictures.example/koi.png?signature=1"


def test_a_file_in_chunks_or_without_a_length_comes_whole(public, load):
    public(lambda plug, seen: plug.sendall(say(content_length=None) + b"koi") or True)
    assert load()[1] == b"koi"
    public(say(content_length=None, transfer_encoding="chunked") + b"2\r\nko\r\n1\r\ni\r\n0\r\n\r\n")
    assert load()[1] == b"koi"


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 410, 416, 429, 500, 503])
def test_an_answer_without_the_file_is_said_with_its_status(public, load, status):
    public(lambda plug, seen: plug.sendall(say(status)) or True)
    with pytest.raises(Declined, match=rf"^The link answers with {status}\.$") as caught:
        load()
    assert caught.value.status == status


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_a_page_is_no_file(public, load, kind):
    public(say(body=b"<h1>Sign in</h1>", content_type=kind))
    with pytest.raises(Declined, match=r"^The link leads to a page, not to a file\.$"):
        load()


def test_a_huge_file_is_refused_by_what_it_announces(public, load):
    public(say(content_length=5 * 1024**3))
    with pytest.raises(TooLarge, match=r"^The answer has 5120 MB; the limit is 60 MB\.$"):
        load(limits=Limits(5, 60 * 1024**2))


def test_a_huge_file_without_a_length_is_cut_at_the_limit(public, load):
    public(lambda plug, seen: plug.sendall(say(content_length=None)) or [plug.sendall(bytes(65536)) for _ in range(100)])
    with pytest.raises(TooLarge, match=r"^The answer has more than 1 MB\.$"):
        load()


def test_a_file_of_just_the_limit_is_taken(public, load):
    public(say(body=bytes(1000)))
    assert load(limits=Limits(5, 1000))[0].size == 1000


def test_a_packed_file_is_refused(public, load):
    public(say(body=gzip.compress(bytes(10_000_000)), content_encoding="gzip"))
    with pytest.raises(Garbled, match="packed"):
        load()


def test_a_file_cut_short_is_no_file(public, load):
    public(lambda plug, seen: plug.sendall(say(body=b"koi", content_length=4)) or True)
    with pytest.raises(Garbled, match="broke off before its end"):
        load()


def test_a_full_disk_is_not_the_other_sides_fault(public, world, load, monkeypatch):
    def full(self, piece):
        raise OSError(28, "No space left on device")

    public(say(body=b"koi"))
    monkeypatch.setattr(io, "BytesIO", type("Full", (io.BytesIO,), {"write": full}))
    with pytest.raises(OSError, match="No space left"):
        load()


def test_memory_stays_flat_however_large_the_file(serve, way, tmp_path):
    piece = bytes(262144)
    server = serve(lambda plug, seen: plug.sendall(say(content_length=50 * 1024**2)) or [plug.sendall(piece) for _ in range(200)])
    with (tmp_path / "file").open("wb") as file:
        fetched = within(8 * 1024**2, lambda: way(server).fetch(f"{server.address}/koi.png", Limits(20, 60 * 1024**2), file))
    assert fetched.size == 50 * 1024**2


def test_an_accounts_own_file_is_fetched_with_its_key_and_others_without(serve, way):
    server, other = serve(say(body=b"koi")), serve(say(body=b"koi"))
    for one in (server, other):
        way(server).fetch(f"{one.address}/koi.png", Limits(5, 100), io.BytesIO())
    assert server.requests[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in other.requests[0].headers
