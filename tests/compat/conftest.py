import pytest

from generations.calling import waiting
from generations.compat import v1
from generations.models import Generation
from tests.compat.program import live
from tests.compat.script import script  # noqa: F401  # a fixture
from tests.pipeline.conftest import driver, provider  # noqa: F401  # fixtures
from tests.pipeline.steps import Steps
from tests.providers.conftest import authority, serve, world  # noqa: F401  # fixtures


@pytest.fixture
def waited(driver: Steps, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Whoever waits for a generation is the one who makes it: there is no worker beside this test."""

    def wait(generation: Generation, *_patience: object) -> Generation:
        live(driver)
        return waiting.fresh(generation)

    monkeypatch.setattr(v1, "wait", wait)
