"""The address is pinned, the name is still what the certificate has to show."""

import ssl

import pytest

from generations.dialects.wire import Call
from generations.providers.failure import NotSent, Unknown
from generations.providers.rules import trust
from generations.providers.way import Way
from tests.providers.conftest import SOON
from tests.providers.server import KEY, PUBLIC, reset, say


@pytest.fixture
def call(world, serve):
    """A paid call to pictures.example, with a server that has other papers."""

    def start(context, **options):
        world.names["pictures.example"] = [PUBLIC]
        server = world.servers[PUBLIC] = serve(say(body=b"{}"), context=context, **options)
        with Way("https://pictures.example", KEY, world.rules()) as way:
            return way.send(Call("POST", "/pictures", json={}), SOON), server

    return start


def test_the_name_is_asked_for_in_the_handshake_and_in_the_request(call, authority):
    names, context = [], authority.context()
    context.sni_callback = lambda plug, name, context: names.append(name)
    answer, server = call(context)
    assert answer.status == 200
    assert (names, server.requests[0].headers["Host"]) == (["pictures.example"], "pictures.example")


@pytest.mark.parametrize(
    ("papers", "reason"),
    [
        ({"host": "other.example"}, "Hostname mismatch, certificate is not valid for 'pictures.example'"),
        ({"host": PUBLIC}, "Hostname mismatch, certificate is not valid for 'pictures.example'"),
        ({"own": True}, "self-signed certificate"),
        ({"expired": True}, "certificate has expired"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused_before_anything_is_sent(call, authority, world, papers, reason):
    with pytest.raises(NotSent) as caught:
        call(authority.context(**papers))
    assert str(caught.value) == f"The certificate of pictures.example is not valid: {reason}."
    assert world.servers[PUBLIC].requests == []


def test_an_authority_that_nobody_knows_is_refused(call, papers, world, monkeypatch):
    monkeypatch.setattr(world, "trust", trust)
    with pytest.raises(NotSent, match="unable to get local issuer certificate"):
        call(papers)


def test_a_server_without_encryption_is_not_spoken_to(call):
    with pytest.raises(NotSent, match=r"^No encrypted connection to pictures\.example\.$"):
        call(None, first=lambda plug: plug.sendall(b"HTTP/1.1 200 OK\r\n\r\n"))


def test_a_handshake_that_breaks_off_proves_that_nothing_was_sent(call, papers):
    with pytest.raises(NotSent, match="No encrypted connection"):
        call(papers, first=lambda plug: plug.recv(100) and reset(plug))


def test_old_encryption_is_refused(call, authority):
    context = authority.context()
    with pytest.warns(DeprecationWarning, match="TLSv1_1 is deprecated"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(NotSent, match="No encrypted connection"):
        call(context)


def test_an_address_may_have_a_certificate_of_its_own(world, serve, authority, load):
    world.servers[PUBLIC] = serve(say(body=b"koi"), context=authority.context(PUBLIC))
    assert load(f"https://{PUBLIC}/")[1] == b"koi"


def test_the_usual_authorities_are_trusted_and_names_are_checked():
    context = trust()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert len(context.get_ca_certs()) > 100


def test_a_connection_that_breaks_after_the_handshake_proves_nothing(world, serve, papers):
    world.names["pictures.example"], world.servers[PUBLIC] = [PUBLIC], serve(lambda plug, seen: True, context=papers)
    with Way("https://pictures.example", KEY, world.rules()) as way, pytest.raises(Unknown):
        way.send(Call("POST", "/pictures", json={}), SOON)
