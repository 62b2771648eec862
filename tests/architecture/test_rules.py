"""The rules about who may import what are only worth something if breaking one is noticed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "service", "services", "misc"}
MODULES = sorted(path for folder in ("studio", "generations", "scripts") for path in (ROOT / folder).rglob("*.py"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to break things in."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("studio", "generations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "gunicorn.conf.py"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def verdict(house: Path) -> str:
    command = [sys.executable, str(LINTER), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=house, env={"PYTHONPATH": str(house)}, capture_output=True, text=True).stdout


@contextmanager
def planted(module: Path, line: str) -> Iterator[None]:
    """A module with this line, in a package that is made if it is not there yet."""
    package, known = module.parent, module.parent.exists()
    package.mkdir(exist_ok=True)
    (package / "__init__.py").touch()
    module.write_text(f"{line}\n")
    yield
    module.unlink()
    if not known:
        shutil.rmtree(package)


@pytest.mark.parametrize(
    ("where", "line", "broken"),
    [
        ("gallery/planted.py", "import generations.compose.views", "Imports go down only"),
        ("models/planted.py", "import generations.web.frame", "Imports go down only"),
        ("novelty/__init__.py", "", "Imports go down only"),
        ("gallery/planted.py", "import httpx", "One way out to the network"),
        ("web/planted.py", "from django_q.tasks import async_task", "Only jobs.py knows the queue"),
        ("catalogue/planted.py", "from django.db import models", "Catalogue, dialects and sandbox are plain Python"),
        ("dialects/planted.py", "import httpx", "Catalogue, dialects and sandbox are plain Python"),
        ("sandbox/planted.py", "from django.conf import settings", "Catalogue, dialects and sandbox are plain Python"),
    ],
)
def test_a_forbidden_import_is_noticed(house: Path, where: str, line: str, broken: str):
    with planted(house / "generations" / where, line):
        said = verdict(house)
    assert any(said_line.startswith(broken) and "BROKEN" in said_line for said_line in said.splitlines()), said


def test_the_house_as_it_stands_keeps_every_rule(house: Path):
    assert "0 broken" in verdict(house)


@pytest.mark.parametrize("names", [EMPTY_NAMES, sys.stdlib_module_names], ids=["empty words", "the standard library"])
def test_no_module_is_named_after(names: frozenset[str]):
    named = [path for path in MODULES if not path.match("studio/embedded/base.py")]  # as Django wants the name of a database backend
    taken = {path.stem if path.stem != "__init__" else path.parent.name for path in named}
    assert not taken & names


def test_texts_go_by_names_that_their_collector_knows():
    """By another name a text would stay English on every page."""
    odd = re.compile(r"import (?:gettext\w* as (?!_\b)|(?:ngettext|pgettext|npgettext)\w* as )")
    assert not [path for path in MODULES if odd.search(path.read_text(encoding="utf-8"))]
