from importlib import import_module
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def house() -> ModuleType:
    return import_module("tests.mcp.house")
