"""There is one way out, and nobody digs another."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("generations", "studio") for path in (ROOT / folder).rglob("*.py"))


@cache
def imported(path):
    return list(names(path))


def names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(module):
    return {
        str(path.relative_to(ROOT)) for path in SOURCES if any(name == module or name.startswith(f"{module}.") for name in imported(path))
    }


@pytest.mark.parametrize(
    ("module", "homes"),
    [
        ("httpx", {"generations/providers/link.py"}),
        ("httpcore", {"generations/providers/line.py", "generations/providers/stream.py"}),
        ("urllib.request", set()),
        ("requests", set()),
        ("urllib3", set()),
        ("aiohttp", set()),
    ],
)
def test_only_the_way_out_can_call_the_network(module, homes):
    assert importers(module) == homes


def test_the_way_out_knows_no_django():
    assert not {path for path in importers("django") if path.startswith("generations/providers/")}
