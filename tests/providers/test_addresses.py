"""Rows 58 and 59, through the whole way: what counts is the address that would be called."""

import _socket
import socket
from unittest.mock import ANY

from generations.providers.addresses import outside
from generations.providers.failure import Forbidden

INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.1 168.63.129.16 169.254.169.254 169.254.170.2
    172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::a9fe:a9fe ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1
    64:ff9b:1::1 64:ff9b:1::808:808 100::1 2001::1 2001:0:a9fe:a9fe:: 2001:10::1 2001:db8::1 2002:a9fe:a9fe:: 2002:7f00:1:: 2002:808:808::1
    3fff::1 5f00::1 4000::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 2606:4700::1%eth0
""".split()  # noqa: SIM905
OUTSIDE = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.17 169.253.255.255
    172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 2a00::1 3ffe::1 64:ff9b::808:808
""".split()  # noqa: SIM905
WORDS = ["127.1", "0", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127。0。0。1", "localhost", "LOCALHOST"]


def by_number(host, port):
    """As the system reads figures, without a name server."""
    if host == "localhost":
        return ["127.0.0.1", "::1"]
    return [found[4][0] for found in _socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)]


def refused(load, link):
    try:
        load(link)
    except Forbidden as refusal:
        return str(refusal) == "This address is inside the server's network."
    return False


def test_a_name_that_leads_inside_is_refused(world, load):
    world.names = {f"number-{number}.example": [address] for number, address in enumerate(INSIDE)}
    assert [found for name, found in world.names.items() if not refused(load, f"https://{name}/")] == []
    assert (len(world.asked), world.dialled) == (len(INSIDE), [])


def test_an_address_inside_is_refused_as_it_is(world, load):
    links = [f"https://[{address}]/" if ":" in address else f"https://{address}/" for address in INSIDE if "%" not in address]
    assert [link for link in links if not refused(load, link)] == []
    assert (world.asked, world.dialled) == ([], [])


def test_a_clever_spelling_is_judged_by_what_it_resolves_to(world, load, monkeypatch):
    monkeypatch.setattr(world, "resolve", by_number)
    assert [word for word in WORDS if not refused(load, f"https://{word}/")] == []
    assert world.dialled == []


def test_an_address_of_the_world_is_called(public, world, load):
    server = public(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nkoi")
    for address in OUTSIDE:
        world.names["pictures.example"], world.servers, world.dialled = [address], {address: server}, []
        assert load() == (ANY, b"koi")
        assert world.dialled == [(address, 443)]


def test_what_is_no_address_is_not_outside():
    words = ["", "koi", "1.2.3", "127.1", "01.1.1.1", "1.1.1.1/8", "[::1]", "0x7f.0.0.1"]
    assert [word for word in words if outside(word)] == []
