import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from generations.web.packing import PackingMiddleware

LONG = "<p>a red kite</p>" * 100


def packed(response: HttpResponse, accepts: str = "br, gzip") -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    answer = PackingMiddleware(lambda _request: response)(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_travels_packed_and_is_the_same():
    answer = packed(HttpResponse(LONG))
    assert gzip.decompress(answer.content).decode() == LONG
    assert (answer["Content-Encoding"], answer["Content-Length"]) == ("gzip", str(len(answer.content)))
    assert answer["Vary"] == "Accept-Encoding"


def test_who_cannot_unpack_gets_it_as_it_is():
    answer = packed(HttpResponse(LONG), accepts="")
    assert answer.content.decode() == LONG
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("kind", ["image/webp", "application/zip"])
def test_pictures_are_packed_already(kind: str):
    assert not packed(HttpResponse(LONG, content_type=kind)).has_header("Content-Encoding")


def test_what_is_short_is_not_worth_it():
    assert not packed(HttpResponse("a red kite")).has_header("Content-Encoding")


def test_how_long_it_is_does_not_tell_what_is_in_it():
    assert len({len(packed(HttpResponse(LONG)).content) for _time in range(30)}) > 5


def test_packed_it_is_not_the_same_bytes():
    assert packed(HttpResponse(LONG, headers={"ETag": '"1"'}))["ETag"] == 'W/"1"'
