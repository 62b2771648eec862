import io

import pytest

from generations.dialects.wire import Call
from generations.providers.download import fetch
from generations.providers.meter import Limits
from generations.providers.rules import Rules
from generations.providers.way import Way
from tests.providers.papers import Authority
from tests.providers.server import KEY, PUBLIC, Server, World, say

SOON = Limits(seconds=5, bytes=1024 * 1024)


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="session")
def papers(authority):
    return authority.context()


@pytest.fixture
def serve():
    """Starts a server on loopback."""
    servers = []

    def start(act, **options):
        answer = act if callable(act) else lambda plug, seen: plug.sendall(act)
        servers.append(Server(answer, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def world(authority):
    trusted = authority.trust()
    return World(lambda: trusted)


@pytest.fixture
def public(world, serve, papers):
    """Starts a server out in the world, at https://pictures.example."""

    def start(act):
        world.names["pictures.example"] = [PUBLIC]
        world.servers[PUBLIC] = serve(act, context=papers)
        return world.servers[PUBLIC]

    return start


@pytest.fixture
def way():
    """To a server on this machine, which its operator allows."""
    ways = []

    def start(server, **options):
        ways.append(Way(server.address, KEY, Rules(frozenset({"127.0.0.1"})), **options))
        return ways[-1]

    yield start
    for one in ways:
        one.close()


@pytest.fixture
def send(way):
    """One paid call to a server that does as it is told."""
    return lambda server, limits=SOON, **call: way(server).send(Call("POST", "/pictures", **{"json": {"prompt": "koi"}, **call}), limits)


@pytest.fixture
def ask(way):
    return lambda server, limits=SOON: way(server).ask(Call("GET", "/tasks/7"), limits)


@pytest.fixture
def load(world):
    """A download from the world."""

    def start(address="https://pictures.example/koi.png", limits=SOON, allowed=(), **options):
        file = io.BytesIO()
        return fetch(address, limits, file, world.rules(*allowed), **options), file.getvalue()

    return start


@pytest.fixture
def well():
    return say(body=b'{"task": "7"}')
