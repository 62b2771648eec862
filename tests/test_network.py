import socket

import pytest

from tests.network import Unplugged


@pytest.mark.parametrize("address", ["192.0.2.1", "example.com", "10.0.0.1", "169.254.169.254"])
def test_a_test_cannot_reach_beyond_this_machine(address):
    with pytest.raises(Unplugged):
        socket.create_connection((address, 80), timeout=1)


def test_a_test_may_use_a_server_on_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as near:
        assert near.getpeername() == server.getsockname()
