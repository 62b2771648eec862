"""Whatever comes, from either side, is read without an exception: a value or a trouble, and money is never forgotten."""

import json
from time import thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.dialects import ASKING, DIALECTS, get_asking, get_dialect
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Accepted, Finished, Item, Next, Pending, Sent, Trouble
from generations.dialects.transfer import receive
from generations.dialects.uri import write_base64
from generations.dialects.wire import Answer, Received
from tests.dialects.sample import body

HTML = b"<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
ACCEPTED = {"tensorslab": {"code": 1000, "msg": "OK", "data": {"taskid": "t1"}}, "apimart": {"code": 200, "data": [{"task_id": "t1"}]}}
ACCEPTED |= {name: {"data": [{"url": "https://files.example/1.png"}]} for name in ("anyfast", "gateway", "ark")}
VALUES = (
    any_.none()
    | any_.booleans()
    | any_.integers()
    | any_.floats()
    | any_.text(max_size=12)
    | any_.sampled_from(["completed", "https://a", "data:,"])
)
KEYS = any_.sampled_from(
    ["data", "error", "code", "msg", "message", "success", "status", "image_status", "taskid", "task_id", "id", "url", "result"]
)
KEYS |= any_.sampled_from(
    ["images", "b64_json", "usage", "size", "cost", "progress", "model", "prompt", "image", "image_urls", "n", "tools", "logo_info"]
)
JSON = any_.recursive(VALUES, lambda inner: any_.lists(inner, max_size=3) | any_.dictionaries(KEYS, inner, max_size=5), max_leaves=12)
HEADERS = any_.dictionaries(any_.sampled_from(["retry-after", "date", "x-request-id", "idempotency-key"]), any_.text(max_size=20))
STATUSES = any_.sampled_from([100, 200, 202, 204, 302, 400, 404, 429, 500, 503, 524, 999])
EACH = pytest.mark.parametrize("name", DIALECTS)
BOTH = pytest.mark.parametrize("name", ASKING)


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


@given(status=STATUSES, content=JSON.map(encoded) | any_.binary(max_size=60), headers=HEADERS)
def test_any_answer_is_read(status: int, content: bytes, headers: dict[str, str]):
    answer = Answer(status, content, headers)
    for dialect in DIALECTS.values():
        reading = dialect.read_answer(answer)
        assert isinstance(reading, Accepted | Finished | Trouble)
        if isinstance(reading, Trouble):
            assert len(reading.said) <= 300
            assert reading.said.isprintable()
    for dialect in ASKING.values():
        state = dialect.read_status(answer, "t1", ["https://a"])
        assert isinstance(state, Pending | Finished | Trouble)
        assert not isinstance(state, Trouble) or state.sent is Sent.YES


@given(
    value=JSON,
    headers=HEADERS,
    path=any_.text(max_size=20),
    fields=any_.lists(any_.tuples(any_.sampled_from(["prompt", "batchsize", "resolution", "imageUrl"]), any_.text(max_size=9))),
)
def test_any_request_is_read_and_any_trouble_with_it_is_told(value: Any, headers: dict[str, str], path: str, fields: list):
    for dialect in DIALECTS.values():
        asked = dialect.read_request(Received("POST", "/v1/images/seedreamv5", headers, json=value, fields=tuple(fields)))
        if isinstance(asked, Trouble):
            read = dialect.read_answer(dialect.write_answer(None, asked, 0))
            assert isinstance(read, Trouble)
            assert (read.sent, read.said) == (Sent.NO, asked.said)
    for dialect in ASKING.values():
        task = dialect.read_question(Received("POST", path, json=value))
        assert isinstance(task, str | Trouble)
        assert task


@given(
    type=any_.sampled_from(["application/json", "multipart/form-data; boundary=x", "multipart/form-data", ""]),
    content=any_.binary(max_size=200),
)
def test_any_body_is_received(type: str, content: bytes):
    assert isinstance(receive("POST", "/", {"Content-Type": type}, {}, content), Received)


NOTHING = [b"", b"{", b"null", b"[]", b"{}", b'"ok"', HTML, b"\xff\xfe\x00", b'{"data": nul', b'{"data": null}', b'{"data": []}']
NOTHING += [
    encoded({"data": value}) for value in ([{}], [None], [{"url": ""}], [{"url": {"a": 1}}], "x", 5, {"task_id": ""}, {"id": {}}, [[[]]])
]
NOTHING += [encoded({"code": 1000, "data": value}) for value in (None, {}, {"taskid": ""}, {"taskid": None}, {"taskid": ["a"]}, [])]


@EACH
def test_a_200_that_holds_nothing_may_have_been_charged(name: str):
    for content in NOTHING:
        trouble = get_dialect(name).read_answer(Answer(200, content))
        assert isinstance(trouble, Trouble), content
        assert (content, trouble.sent, trouble.next) == (content, Sent.UNKNOWN, Next.ASK)


@BOTH
@pytest.mark.parametrize("status", [200, 401, 404, 429, 500, 502])
def test_no_news_of_a_task_is_asked_for_again(name: str, status: int):
    for content in NOTHING:
        trouble = get_asking(name).read_status(Answer(status, content))
        assert isinstance(trouble, Trouble), content
        assert (content, trouble.next, trouble.sent) == (content, Next.WAIT, Sent.YES)


STRANGE = ('"a": NaN', '"a": -Infinity', '"a": 1e999', '"code2": 1, "code2": 2', '"b": "\\ud800"', '"a": ' + "9" * 400)


@EACH
def test_a_strange_value_beside_it_does_not_cost_the_result(name: str):
    plain = get_dialect(name).read_answer(body(ACCEPTED[name]))
    assert not isinstance(plain, Trouble)
    for extra in STRANGE:
        strange = "{" + extra + "," + json.dumps(ACCEPTED[name])[1:]
        assert get_dialect(name).read_answer(Answer(200, b"\xef\xbb\xbf \n" + strange.encode())) == plain


@pytest.mark.parametrize("content", [b"[" * 10_000_000, b'{"data":' * 1_200_000, b'{"data":' + b"[" * 500 + b"]" * 500 + b"}"])
def test_ten_megabytes_of_nesting_are_survived(content: bytes):
    for dialect in DIALECTS.values():
        trouble = dialect.read_answer(Answer(200, content))
        assert isinstance(trouble, Trouble)
        assert trouble.sent is Sent.UNKNOWN


def test_ten_megabytes_of_complaint_are_read_quickly():
    long = "the size " * 240_000  # five times
    answer = body({"error": {"message": long, "code": long, "type": long, "param": long}, "code": long}, 400)
    for dialect in DIALECTS.values():
        start = thread_time()
        trouble = dialect.read_answer(answer)
        assert thread_time() - start < 1
        assert isinstance(trouble, Trouble)
        assert trouble.sent is Sent.NO


@EACH
def test_half_a_character_in_a_request_is_told_and_not_choked_on(name: str):
    received = receive(
        "POST", "/v1/images/x", {"content-type": "application/json"}, {}, b'{"model": "m", "prompt": "k", "size": "\\ud800"}'
    )
    trouble = get_dialect(name).read_request(received)
    assert isinstance(trouble, Trouble)
    assert get_dialect(name).write_answer(None, trouble, 0).body


def test_twenty_megabytes_of_base64_are_read_within_a_second():
    content = b"\xff\xd8" + bytes(15_000_000)
    answer = body({"data": [{"b64_json": write_base64(content)}]})
    for name in ("gateway", "ark"):
        start = thread_time()
        reading = get_dialect(name).read_answer(answer)
        assert thread_time() - start < 1
        assert reading == Finished((Item(content=content),))


def test_fourteen_large_references_are_read():
    link = "data:image/png;base64," + write_base64(bytes(1_000_000))
    value = {"model": "m", "prompt": "k", "image": [link] * 14, "image_urls": [link] * 14}
    for name, dialect in DIALECTS.items():
        asked = dialect.read_request(Received("POST", "/m", json=value, fields=(("prompt", "k"),)))
        assert isinstance(asked, Asked)
        assert name == "tensorslab" or sum(map(len, asked.references)) == 14_000_000
