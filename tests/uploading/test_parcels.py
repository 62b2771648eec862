"""Files on their way in, read by Django's own parser from streams that nobody could hold in memory."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from generations.uploading.parcels import NoFiles, Parcels
from tests.memory import within

MOST = 2 * 1024 * 1024
HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="koi.png"\r\nContent-Type: image/png\r\n\r\n'
TAIL = b"\r\n--edge--\r\n"


class Stream:
    """As many bytes as somebody cares to send."""

    def __init__(self, *pieces: bytes, times: int = 1) -> None:
        self.read_so_far, self.left = 0, iter([pieces[0], *list(pieces[1:-1]) * times, pieces[-1]])
        self.over = b""

    def read(self, size: int = -1) -> bytes:
        piece = self.over or next(self.left, b"")
        piece, self.over = piece[:size], piece[size:]
        self.read_so_far += len(piece)
        return piece


def parse(stream, handler, length=10**9):
    about = {"CONTENT_TYPE": "multipart/form-data; boundary=edge", "CONTENT_LENGTH": str(length)}
    return MultiPartParser(about, stream, [handler]).parse()


@pytest.fixture
def parcels() -> Iterator[Parcels]:
    handler = Parcels(most=MOST)
    yield handler
    handler.file.close()


def test_a_file_comes_whole(parcels: Parcels):
    _post, files = parse(Stream(HEAD, b"pixels", TAIL), parcels)
    with files["file"] as file:
        assert (file.name, file.size, file.read()) == ("koi.png", 6, b"pixels")


def test_as_much_as_may_be_is_kept_and_not_one_byte_more(parcels: Parcels):
    with parse(Stream(HEAD, bytes(MOST), TAIL), parcels)[1]["file"] as file:
        assert len(file.read()) == MOST
    assert parse(Stream(HEAD, bytes(MOST + 1), TAIL), parcels)[1]["file"].closed


def test_of_a_flood_only_its_length_is_kept(parcels: Parcels):
    file = within(8 * 1024 * 1024, lambda: parse(Stream(HEAD, bytes(1024 * 1024), TAIL, times=200), parcels)[1]["file"])
    assert (file.size, file.closed) == (200 * 1024 * 1024, True)


def test_several_files_do_not_run_into_one_another(parcels: Parcels):
    files = parse(Stream(HEAD, b"one", b"\r\n" + HEAD, bytes(MOST + 1), b"\r\n" + HEAD, b"three", TAIL), parcels)[1].getlist("file")
    assert [file.size for file in files] == [3, MOST + 1, 5]
    assert [file.closed for file in files] == [False, True, False]
    for file in files:
        file.close()


def test_of_an_upload_that_breaks_off_nothing_is_left(parcels: Parcels):
    _post, files = parse(Stream(HEAD, bytes(MOST), b""), parcels)
    assert not files
    assert parcels.file.closed


def test_a_form_that_asks_for_no_files_does_not_read_them():
    stream = Stream(HEAD, bytes(1024 * 1024), TAIL, times=100)
    post, files = parse(stream, NoFiles())
    assert not post
    assert not files
    assert stream.read_so_far < 3 * 1024 * 1024


def test_blanks_instead_of_base64_take_no_time(parcels: Parcels):
    """CVE-2026-33033."""
    head = HEAD.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
    stream = BytesIO(head + b" " * 8 * 1024 * 1024 + b"A" + TAIL)
    with pytest.raises(MultiPartParserError):
        parse(stream, parcels)
