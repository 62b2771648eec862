import pytest

from generations.health import configuration
from studio.env import Environment


def slips(**variables: str) -> list[str]:
    env = Environment(variables)
    env.text("STUDIO_WORKERS")
    return [f"{finding.sentence} {finding.fix}" for finding in configuration.slips(env)]


def test_a_slip_of_the_pen_gets_a_suggestion():
    assert slips(STUDIO_WORKRES="3") == ["STUDIO_WORKRES is set, but nothing reads it. Did you mean STUDIO_WORKERS?"]


def test_a_strange_name_is_said_to_be_strange():
    assert slips(STUDIO_ZZZ="3") == ["STUDIO_ZZZ is set, but nothing reads it. Unset it; .env.example lists all names."]


def test_names_that_are_read_are_no_slips():
    assert slips(STUDIO_WORKERS="3", PATH="/bin") == []


@pytest.mark.parametrize(
    ("host", "public", "state"),
    [
        ("127.0.0.1", "", "ok"),
        ("::1", "", "ok"),
        ("localhost", "", "ok"),
        ("0.0.0.0", "", "warn"),  # noqa: S104
        ("studio.lan", "", "warn"),
        ("127.0.0.1", "http://studio.example", "warn"),
        ("0.0.0.0", "https://studio.example", "ok"),  # noqa: S104
    ],
)
def test_passwords_must_not_travel_in_the_open(settings, host, public, state):
    settings.PROXIES = 1
    settings.HOST, settings.PUBLIC_URL, settings.SECURE = host, public, public.startswith("https")
    assert [finding.state for finding in configuration.address()] == [state]


def test_https_needs_a_proxy_that_is_believed(settings):
    settings.PUBLIC_URL, settings.SECURE, settings.PROXIES = "https://studio.example", True, 0
    (found,) = configuration.address()
    assert found.state == "warn"
    assert "STUDIO_PROXIES=1" in found.fix


@pytest.mark.parametrize(("debug", "host", "states"), [(False, "::", []), (True, "127.0.0.1", ["warn"]), (True, "::", ["bad"])])
def test_debug_is_for_this_machine_only(settings, debug, host, states):
    settings.DEBUG, settings.HOST = debug, host
    assert [finding.state for finding in configuration.debug()] == states


@pytest.mark.parametrize(("hosts", "states"), [(["localhost"], []), (["*"], ["warn"])])
def test_answering_to_every_name_is_noticed(settings, hosts, states):
    settings.ALLOWED_HOSTS = hosts
    assert [finding.state for finding in configuration.hosts()] == states


@pytest.mark.parametrize(("mail", "sentence"), [(True, "Mail is sent."), (False, "No mail is sent")])
def test_a_studio_without_mail_is_fine_and_says_so(settings, mail, sentence):
    settings.MAIL = mail
    (found,) = configuration.mail()
    assert found.state == "ok"
    assert found.sentence.startswith(sentence)
