"""The small readers: how long to wait, and what may be shown of somebody else's words."""

from hypothesis import given
from hypothesis import strategies as any_

from generations.dialects.loose import links, number, read_json, whole
from generations.dialects.retry_after import retry_after
from generations.dialects.said import bounded, page

DATE = "Fri, 20 Nov 2026 12:00:00 GMT"
WAITS = [
    ("17", 17),
    (" 17 ", 17),
    ("1.5", 1.5),
    ("0", 1),
    ("-5", 1),
    ("315360000", 600),
    ("9" * 300, 600),
    ("Fri, 20 Nov 2026 12:00:30 GMT", 30),
    ("Fri, 20 Nov 2026 11:00:00 GMT", 1),
    ("Fri, 20 Nov 2036 12:00:00 GMT", 600),
    ("Friday, 20-Nov-26 12:00:30 GMT", 30),
    ("", None),
    ("soon", None),
    ("nan", None),
    ("1e3", None),
    ("inf", None),
    ("17 seconds", None),
    ("٣", None),
    ("Fri, 99 Nov 2026 12:00:00 GMT", None),
    ("9" * 4000, None),
]


def test_every_form_of_retry_after_is_read():
    assert [(said, retry_after({"retry-after": said, "date": DATE})) for said, _ in WAITS] == WAITS


def test_a_date_is_measured_by_the_providers_clock_or_else_by_ours():
    assert retry_after({"retry-after": DATE}, now=1795175990) == 10
    assert retry_after({"retry-after": DATE, "date": "nonsense"}, now=1795175990) == 10
    assert 1 <= (retry_after({"retry-after": DATE}) or 0) <= 600
    assert retry_after({}) is None


@given(any_.text())
def test_no_retry_after_is_too_strange(said: str):
    wait = retry_after({"retry-after": said, "date": said})
    assert wait is None or 1 <= wait <= 600


SECRETS = [
    ("Incorrect API key provided: sk-proj-abcdef1234567890", "sk-proj-abcdef1234567890"),
    ("Authorization: Bearer 0f3a9c1b7d224e58", "0f3a9c1b7d224e58"),
    ("bearer abcdefgh is expired", "abcdefgh"),
    ('{"api_key": "hunter2hunter2"}', "hunter2hunter2"),
    ("the key 1f0c9a52-7d31-4c0e-9a4b-0c3f5b1d2e4f is not valid", "1f0c9a52-7d31-4c0e-9a4b-0c3f5b1d2e4f"),
    ("AKLTNmQ3ZjA0ODk2Y2Iz was revoked", "NmQ3ZjA0ODk2Y2Iz"),
    ("https://tos.example/i.png?X-Tos-Signature=abcdef12", "abcdef12"),
    ("token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "eyJhbGci"),
    ("k" * 100 + "1" * 5000, "kkk1"),
]


def test_what_looks_like_a_key_is_not_repeated():
    for words, secret in SECRETS:
        assert secret not in bounded(words)
        assert secret not in bounded("x " * 130 + words)


HARMLESS = [
    "image size must be at least 3686400 pixels. Request id: 0217951688381234",
    "Invalid token (request id: 20261120101542123)",
    "Request id: 021718067849899d92fcbe0865fdffdde000",
    "task_01KB7Q2M9ZC4X8N5T1R6V3W0YD was not found",
    "The parameter `sequential_image_generation_options` is not valid",
    "no available channel for model doubao-seedream-5-0-flash-260915",
    "身份验证失败，请检查您的API密钥",
]


def test_what_only_looks_like_it_is_kept():
    assert [bounded(words) for words in HARMLESS] == HARMLESS


@given(any_.text())
def test_words_are_short_printable_and_stay_as_they_are(words: str):
    for long in (words, words * 40, words + "\x00\u202e\ud800" + words):
        said = bounded(long)
        assert len(said) <= 300
        assert said.isprintable()
        assert bounded(said) == said
        said.encode()


def test_an_error_page_says_its_title():
    assert page(b"<html><title>\n 504 Gateway\nTime-out</title>" + b"k" * 9999) == "504 Gateway Time-out"
    assert page(b"<h1>Sorry</h1><style>h1 { x }</style><p>busy</p>") == "Sorry busy"
    assert page("\ufeff上游超时".encode()) == "上游超时"


def test_numbers_come_as_themselves_or_written():
    assert [number(value) for value in (1, "1.5", True, None, "x", 1e999, 10**400, "nan", [])] == [1, 1.5, *[None] * 7]
    assert [whole(value) for value in ("3", 3.0, 3.5, "3.5", 2**60)] == [3, 3, None, None, None]


def test_links_are_found_at_any_reasonable_depth():
    assert links([["a"], {"url": ["b", {"url": "c"}]}, None, 5, ""]) == ["a", "b", "c"]
    assert links([[[[[[[[["too deep"]]]]]]]]]) == []


def test_what_is_no_json_is_nothing():
    assert [read_json(body) for body in (b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000)] == [None] * 5
    assert read_json(b'\xef\xbb\xbf {"a": NaN, "b": "\xff"}') == {"a": None, "b": "\ufffd"}
