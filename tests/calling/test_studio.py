"""The real thing, over the wire."""

import httpx
import pytest

from tests.servers.studio import Shared

pytestmark = pytest.mark.stack


def test_the_shared_studio_answers(studio: Shared):
    assert httpx.get(f"{studio.address}/healthz").status_code == 200
    assert studio.ledger is not None
    assert studio.next_crew() != studio.next_crew()
