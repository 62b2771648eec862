"""A studio that has been looked at once, so that from here on everything is news."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generations import vault
from generations.models import Event, Notice, Team, User, Webhook
from generations.notices.forms import EVENTS
from generations.telling import watch
from tests.providers.server import Server, say

SECRET = "whsec_a-lantern-in-the-orchard"


@pytest.fixture
def begun(db: None) -> None:
    watch()


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[..., Server]]:
    """A program on loopback, which the operator has named."""
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    servers = []

    def start(act: Callable[..., Any] = lambda plug, seen: plug.sendall(say(200, b"thanks"))) -> Server:
        servers.append(Server(act))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def hooked(team: Team, url: str = "https://hooks.example.com/", **fields: Any) -> Webhook:
    every = [event for event, _label in EVENTS]
    return Webhook.objects.create(**{"team": team, "url": url, "events": every, "secret": vault.seal(SECRET), **fields})


def told(user: User) -> list[Event]:
    """What this person is told, in order."""
    return [Event(one.event) for one in Notice.objects.filter(user=user).order_by("pk")]
