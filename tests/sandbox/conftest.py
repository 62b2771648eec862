from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread

import pytest

from generations.sandbox.server import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("127.0.0.1", 0) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def line(sandbox: Sandbox) -> Iterator[HTTPConnection]:
    """A connection that stays open from one request to the next."""
    connection = HTTPConnection("127.0.0.1", sandbox.server_port, timeout=10)
    yield connection
    connection.close()
