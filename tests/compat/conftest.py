from importlib import import_module
from types import ModuleType

import pytest

from generations.calling import waiting
from generations.compat import v1
from generations.models import Generation
from tests.compat.program import live
from tests.compat.script import script  # noqa: F401  # a fixture
from tests.pipeline.conftest import driver, provider  # noqa: F401  # fixtures
from tests.pipeline.steps import Steps
from tests.providers.conftest import authority, serve, world  # noqa: F401  # fixtures


@pytest.fixture(scope="session")
def openai() -> ModuleType:
    """The official SDK. Every test process reads this folder and few get to use it, so it is read here, and Ark's too."""
    return import_module("openai")


@pytest.fixture(scope="session")
def ark() -> ModuleType:
    return import_module("volcenginesdkarkruntime")


@pytest.fixture
def waited(driver: Steps, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Whoever waits for a generation is the one who makes it: there is no worker beside this test."""

    def wait(generation: Generation, *_patience: object) -> Generation:
        live(driver)
        return waiting.fresh(generation)

    monkeypatch.setattr(v1, "wait", wait)
