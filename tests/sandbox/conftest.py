from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread

import pytest

from generations.sandbox.routes import routes
from generations.sandbox.server import Sandbox
from generations.sandbox.world import World
from tests.sandbox.shop import Shop


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


@pytest.fixture(scope="session")
def street() -> Iterator[Shop]:
    """All five providers, a thousand times as fast."""
    world = World(speed=1000)
    with Sandbox("127.0.0.1", 0, routes(world)) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield Shop(server.server_port, world)
        server.shutdown()


@pytest.fixture
def shop(street: Shop) -> Shop:
    street.world.clear()
    street.world.speed, street.world.link_life = 1000, None
    return street
