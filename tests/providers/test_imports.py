"""There is one way out, and nobody digs another."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("generations", "studio") for path in (ROOT / folder).rglob("*.py"))


@cache
def text(path):
    return path.read_text()


@cache
def imported(path):
    return list(names(path))


def names(path):
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(module):
    within = [path for path in SOURCES if module.rpartition(".")[2] in text(path)]
    return {
        str(path.relative_to(ROOT)) for path in within if any(name == module or name.startswith(f"{module}.") for name in imported(path))
    }


def test_only_the_way_out_can_call_the_network():
    homes = {
        "httpx": {"generations/providers/link.py"},
        "httpcore": {"generations/providers/line.py", "generations/providers/stream.py"},
        **{module: set() for module in ("urllib.request", "requests", "urllib3", "aiohttp")},
    }
    assert {module: importers(module) for module in homes} == homes


def test_the_way_out_knows_no_django():
    assert "django" not in {name.partition(".")[0] for path in SOURCES if path.parent.name == "providers" for name in imported(path)}
