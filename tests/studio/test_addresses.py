import pytest

from studio.addresses import allowed_hosts, is_address, origin_of, read_mail


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "HTTPS://A.example:8443/x",
        "http://[::1]:8000",
        "sqlite:////var/studio.sqlite3",
        "postgres:///studio",
        "redis://:pass@cache:6379/0",
    ],
)
def test_whole_addresses(text):
    assert is_address(text, ("http", "https", "sqlite", "postgres", "redis"))


@pytest.mark.parametrize(
    "text",
    [
        "a.example",
        "https://",
        "https:///path",
        "https://a.example:99999",
        "https://a.example:0",
        "https://a.example:http",
        "https://a b.example",
        "ftp://a.example",
        "http://[::1",
        "postgres://host",
        "postgres://host/",
        "sqlite://",
        "postgres://user:p/a#ss@host/name",
        "javascript:alert(1)",
    ],
)
def test_addresses_that_lack_something(text):
    assert not is_address(text, ("http", "https", "sqlite", "postgres"))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://studio.example/", "https://studio.example"),
        ("HTTPS://Studio.Example:443", "https://studio.example"),
        ("http://studio.example:8080", "http://studio.example:8080"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://工作室.example", "https://xn--2qq421aovb.example"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(url, origin):
    assert origin_of(url) == origin


@pytest.mark.parametrize("rest", ["/studio", "/?a=b", "#top"])
def test_an_origin_has_no_path(rest):
    assert origin_of(f"https://studio.example{rest}") is None


@pytest.mark.parametrize("host", ["user:pass@studio.example", "a..example", "under_score.example"])
def test_an_origin_is_a_host_that_browsers_can_ask_for(host):
    assert origin_of(f"https://{host}") is None


def test_the_studio_answers_to_this_machine_and_to_its_public_name():
    assert allowed_hosts("https://studio.example:8443", "127.0.0.1", []) == ["localhost", "127.0.0.1", "[::1]", "studio.example"]


def test_numbers_of_version_six_stand_in_brackets():
    assert allowed_hosts("http://[2001:db8::1]", "fd00::1", ["[fd00::2]"])[3:] == ["[2001:db8::1]", "[fd00::1]", "[fd00::2]"]


def test_further_hosts_are_added_once():
    assert allowed_hosts("", "127.0.0.1", [".example", "localhost"])[3:] == [".example"]


def test_without_an_address_no_mail_is_sent():
    assert read_mail("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://mail.example", 465, True, False),
        ("smtp+tls://mail.example", 587, False, True),
        ("smtp+tls://mail.example:2525", 2525, False, True),
    ],
)
def test_the_scheme_says_how_mail_is_protected(url, port, ssl, tls):
    mail = read_mail(url)
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (port, ssl, tls)


def test_the_mail_password_may_hold_any_character():
    mail = read_mail("smtp://me%40example:a%2Fb%3A@mail.example")
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"], mail["EMAIL_HOST"]) == ("me@example", "a/b:", "mail.example")


def test_letters_can_be_kept_in_a_folder():
    assert read_mail("file:///var/out%20box")["EMAIL_FILE_PATH"] == "/var/out box"
