"""Limits that keep files readable in one sitting. Complexity is ruff's part (C901)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts import ROOT

FILE, FUNCTION, TEMPLATE = 400, 50, 200
PYTHON = ("studio", "generations", "scripts")
NOT_WRITTEN = ("migrations", "vendor", "__pycache__")


def main() -> int:
    found = list(offences(ROOT))
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


def offences(root: Path) -> Iterator[str]:
    for folder in PYTHON:
        for path in written(root / folder, ".py"):
            yield from too_long(root, path, FILE)
            yield from long_functions(root, path)
    for path in written(root / "static", ".js"):
        yield from too_long(root, path, FILE)
    for path in written(root / "templates", ".html"):
        yield from too_long(root, path, TEMPLATE)


def written(folder: Path, *endings: str) -> list[Path]:
    """Files that people write; generated and foreign ones have no limits."""
    return sorted(path for path in folder.rglob("*") if path.suffix in endings and not set(path.parts) & set(NOT_WRITTEN))


def too_long(root: Path, path: Path, limit: int) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > limit:
        yield f"{path.relative_to(root)}: {lines} lines, limit {limit}"


def long_functions(root: Path, path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{path.relative_to(root)}:{node.lineno}: {node.name} has {lines} lines, limit {FUNCTION}"


if __name__ == "__main__":
    sys.exit(main())
