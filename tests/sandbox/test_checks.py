"""What is wrong is said, in each provider's own shape, and costs nothing."""

import pytest

from generations.dialects.outcome import Next, Sent
from generations.sandbox.weather.drills import DIALECTS
from tests.sandbox.looking import form
from tests.sandbox.shop import KEY

FOUR, FIVE, LITE = "doubao-seedream-4-5-251128", "doubao-seedream-5-0-260128", "doubao-seedream-5-0-lite"
PATHS = {"apimart": "/apimart/v1", "anyfast": "/anyfast/v1", "gateway": "/gateway/v1", "ark": "/ark/api/v3"}
LINK = "https://a.example/r.png"


class TestKeys:
    @pytest.mark.parametrize("key", ["", "sk-bad-1"])
    @pytest.mark.parametrize("dialect", DIALECTS)
    def test_without_a_good_key_nobody_comes_in(self, shop, dialect, key):
        got = shop.buy(dialect, "koi", key=key)
        assert (got.status, shop.read(dialect, got).next) == (401, Next.MEND_KEY)

    @pytest.mark.parametrize("dialect", DIALECTS)
    def test_without_credit_nothing_is_sold(self, shop, dialect):
        read = shop.read(dialect, shop.buy(dialect, "koi", key="sk-broke"))
        assert (read.next, read.sent) == (Next.TOP_UP, Sent.NO)

    def test_each_says_it_in_its_own_way(self, shop):
        told = {dialect: shop.buy(dialect, "koi", key="").json for dialect in DIALECTS}
        assert told["tensorslab"]["code"] == 9999
        assert told["apimart"]["error"]["type"] == "authentication_error"
        assert told["anyfast"]["error"]["type"] == told["gateway"]["error"]["type"] == "new_api_error"
        assert told["ark"]["error"]["code"] == "AuthenticationError"

    def test_tensorslab_knows_keys_without_a_prefix(self, shop):
        body, kind = form(prompt="koi")
        headers = {"Content-Type": kind, "Authorization": KEY}
        assert shop.call("POST", "/tensorslab/v1/images/seedreamv5", body, headers, key="").json["code"] == 1000

    def test_questions_need_a_key_too(self, shop):
        assert shop.get("/apimart/v1/tasks/task_1", key="").status == 401
        assert shop.get("/apimart/v1/tasks/task_1", key="sk-broke").status == 404


@pytest.mark.parametrize(
    ("dialect", "body", "next", "word"),
    [
        ("gateway", {"model": FOUR, "prompt": "x", "size": "1500x1500"}, Next.EDIT_SIZE, "3 686 400"),
        ("gateway", {"model": FOUR, "prompt": "x", "size": "3K"}, Next.EDIT_SIZE, "2K, 4K"),
        ("gateway", {"model": FIVE, "prompt": "x", "size": "huge"}, Next.EDIT_SIZE, "size"),
        ("gateway", {"model": FIVE, "prompt": "x", "image": [LINK] * 15}, Next.EDIT_REFERENCE, "14"),
        ("gateway", {"model": FIVE}, Next.EDIT_REQUEST, "prompt"),
        ("gateway", {"model": "gpt-image-1", "prompt": "x"}, Next.REPLACE_ENGINE, "gpt-image-1"),
        ("gateway", {"model": "doubao-seededit-3-0-i2i-250628", "prompt": "x", "size": "adaptive"}, Next.EDIT_REFERENCE, "reference"),
        ("ark", {"model": FIVE, "prompt": "x", "output_format": "webp"}, Next.EDIT_REQUEST, "PNG"),
        ("ark", {"model": FIVE, "prompt": "x", "image": ["data:image/png;base64,!!!"]}, Next.EDIT_REFERENCE, "image"),
        ("anyfast", {"model": FIVE, "prompt": "x", "size": "2K"}, Next.EDIT_SIZE, ""),
        ("anyfast", {"model": FIVE, "prompt": "x", "image": [LINK], "sequential_image_generation": "disabled"}, Next.EDIT_REQUEST, "auto"),
        ("apimart", {"model": LITE, "prompt": "x", "n": "2"}, Next.EDIT_REQUEST, "n"),
        ("apimart", {"model": LITE, "prompt": "x", "n": 16}, Next.EDIT_REQUEST, "15"),
        ("apimart", {"model": LITE, "prompt": "x", "size": "9:21"}, Next.EDIT_SIZE, "ratios"),
        ("apimart", {"model": LITE, "prompt": "x", "resolution": "1K"}, Next.EDIT_SIZE, "2K, 3K, 4K"),
        ("apimart", {"model": LITE, "prompt": "x", "size": "auto"}, Next.EDIT_SIZE, "reference"),
        ("apimart", {"model": LITE, "prompt": "x", "n": 4, "image_urls": [LINK] * 12}, Next.EDIT_REQUEST, "15"),
    ],
)
def test_what_the_engine_does_not_take(shop, dialect, body, next, word):
    got = shop.post(f"{PATHS[dialect]}/images/generations", body)
    read = shop.read(dialect, got)
    assert 400 <= got.status < 500 or got.json["error"]["code"] == "model_not_found"
    assert (read.next, read.sent, shop.ledger) == (next, Sent.NO, [])
    assert word in got.json["error"]["message"]


@pytest.mark.parametrize(
    ("engine", "fields", "word"),
    [
        ("seedreamv45", {"prompt": "x", "resolution": "1500x1500"}, "3 686 400"),
        ("seedreamv45", {"prompt": "x", "resolution": "vast"}, "resolution"),
        ("seedreamv5", {"prompt": "x", "batchsize": "16"}, "15"),
        ("seedreamv5", {"prompt": "x", "batchsize": "two"}, "batchsize"),
        ("seedreamv5", {"resolution": "2K"}, "prompt"),
    ],
)
def test_tensorslab_says_it_with_status_200(shop, engine, fields, word):
    body, kind = form(**fields)
    got = shop.call("POST", f"/tensorslab/v1/images/{engine}", body, {"Content-Type": kind})
    assert (got.status, got.json["code"], shop.ledger) == (200, 9999, [])
    assert word in got.json["msg"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_none_is_refused(shop, body):
    got = shop.call("POST", "/ark/api/v3/images/generations", body, {"Content-Type": "application/json"})
    assert (got.status, got.json["error"]["code"]) == (400, "InvalidParameter")


def test_what_an_engine_does_not_know_is_ignored(shop):
    body = {"model": FOUR, "prompt": "x", "seed": 7, "n": 4, "quality": "high", "invented": [1], "output_format": "png"}
    assert len(shop.post("/ark/api/v3/images/generations", body).json["data"]) == 1
