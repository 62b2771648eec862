"""Rows 57, 61 and 64 of the bad input catalogue: what the text of a link may be."""

import pytest

from generations.providers.failure import Forbidden
from generations.providers.link import join, parse

GATEWAY = frozenset({"gateway.internal", "10.0.0.5", "::1"})


def refusal(text, allowed=frozenset()):
    with pytest.raises(Forbidden) as caught:
        parse(text, allowed)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://a.example/x",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "data:text/html,<b>\n",
        "javascript:alert(1)",
        "gopher://a.example:70/x",
        "http://a.example/x",
        "HTTP://A.EXAMPLE/",
        "httpsx://a.example/",
        "ht\ttps://a.example/",
        " https://a.example/",
        "//a.example/x.png",
        "://a.example",
        "a.example/x.png",
        "blob:https://a.example/1",
        "unix:///var/run/docker.sock",
        "",
    ],
)
def test_only_https_links_are_accepted(text):
    assert refusal(text) == "Only https links are accepted."


@pytest.mark.parametrize(
    "text",
    [
        "https://user:pass@a.example/",
        "https://user@a.example/",
        "https://@a.example/",
        "https://:@a.example/",
        "https://a.example:22/",
        "https://a.example:6379/",
        "https://a.example:80/",
        "https://a.example:0/",
        "https://a.example:99999/",
        "https://a.example:-1/",
        "https://a.example:+443/",
        "https://a.example:٤٤٣/",
        "https://a.example:443:443/",
        "https://a.example:/",
        "http://a\\@b",
        "https://a.example\\@b.example/",
        "https://a.example/x\\y",
        "https://a.exa\tmple/",
        "https://a.exa\nmple/",
        "https://a.example/\r\nHost: b",
        "https://a.example/\0",
        "https://a.example/\x85",
        "https://a.example/\ud800",
        "https://a example/",
        "https://a.ex%61mple/",
        "https://a.example./",
        "https://a..example/",
        "https://.example/",
        "https://-a.example/",
        "https://１２７.0.0.1/",
        "https://a\u200b.example/",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://[::1%eth0]/",
        "https://[1.2.3.4]/",
        "https://[::1]x/",
        "https:///etc/passwd",
        "https:a.example",
        "https://",
        "https://?",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 130}example/",
    ],
)
def test_the_link_contains_parts_that_are_not_allowed(text):
    assert refusal(text) == "The link contains parts that are not allowed."


def test_a_long_link_is_refused_with_the_figures():
    text = "https://a.example/".ljust(3000, "x")
    assert refusal(text) == "The link has 3 000 characters; the limit is 2 048."


def test_a_link_of_the_longest_length_is_accepted():
    assert parse("https://a.example/".ljust(2048, "x")).host == "a.example"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://A.Example", "https://a.example/"),
        ("https://a.example:443/x?y=1#z", "https://a.example/x?y=1"),
        ("https://a.example/高 山?q=é&s=%2F", "https://a.example/%E9%AB%98%20%E5%B1%B1?q=%C3%A9&s=%2F"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https://127。0。0。1/", "https://127.0.0.1/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://a.example/@me?mail=a@b", "https://a.example/@me?mail=a@b"),
    ],
)
def test_a_link_is_shown_as_it_will_be_called(text, shown):
    assert str(parse(text)) == shown


@pytest.mark.parametrize(
    "text", ["http://gateway.internal:3000/v1", "https://gateway.internal:8443/", "http://10.0.0.5/", "http://[::1]:8000/"]
)
def test_an_allowed_host_may_be_plain_and_at_any_port(text):
    assert str(parse(text, GATEWAY)) == text


@pytest.mark.parametrize("text", ["http://gateway.internal.evil.example/", "http://evilgateway.internal/", "http://10.0.0.50/"])
def test_a_host_that_only_looks_allowed_is_not(text):
    assert refusal(text, GATEWAY) == "Only https links are accepted."


def test_a_user_is_refused_at_an_allowed_host_too():
    assert "not allowed" in refusal("http://user:pass@gateway.internal/", GATEWAY)


@pytest.mark.parametrize("port", ["0", "65536", "99999", "٨٠", "+80", ""])
def test_a_port_that_is_none_is_refused_at_an_allowed_host_too(port):
    assert "not allowed" in refusal(f"http://gateway.internal:{port}/", GATEWAY)


def test_what_follows_the_place_is_not_in_the_repr():
    assert "secret" not in repr(parse("https://a.example/x?signature=secret"))


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("/y", "https://a.example/y"),
        ("y?z", "https://a.example/x/y?z"),
        ("//b.example/y", "https://b.example/y"),
        ("https://b.example", "https://b.example/"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_found(location, found):
    assert str(join(parse("https://a.example/x/1"), location, frozenset())) == found


@pytest.mark.parametrize(
    "location", ["http://a.example/", "//user@b.example/", "//b.example:22/", "file:///etc/passwd", "/\ty", "/x\\y", "https://["]
)
def test_a_redirect_keeps_the_same_rules(location):
    with pytest.raises(Forbidden):
        join(parse("https://a.example/x/1"), location, frozenset())
