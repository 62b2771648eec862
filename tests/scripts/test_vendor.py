import json
from pathlib import Path

import pytest

from scripts import vendor
from scripts.vendor import Package

SCRIPT = b"let a=1;\n//# sourceMappingURL=lamp.min.js.map\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder into which one package has been copied."""
    installed = tmp_path / "node_modules" / "lamp.org"
    (installed / "dist").mkdir(parents=True)
    (installed / "dist" / "lamp.min.js").write_bytes(SCRIPT)
    (installed / "LICENSE").write_text("do as you like")
    (installed / "package.json").write_text(json.dumps({"version": "1.2.3", "license": "BSD-0-Clause"}))
    vendor.write(tmp_path / "static" / "vendor", [Package("lamp.org", ("dist/lamp.min.js", "LICENSE"))], tmp_path / "node_modules")
    return tmp_path / "static" / "vendor"


def test_a_package_is_listed_with_version_licence_and_hashes(shelf: Path):
    (listed,) = json.loads((shelf / "vendor.json").read_text())["packages"]
    assert (listed["name"], listed["version"], listed["licence"]) == ("lamp.org", "1.2.3", "0BSD")
    assert listed["files"]["lamp/lamp.min.js"] == vendor.digest((shelf / "lamp" / "lamp.min.js").read_bytes())


def test_a_pointer_to_a_map_that_is_not_shipped_is_taken_out(shelf: Path):
    assert b"sourceMappingURL" not in (shelf / "lamp" / "lamp.min.js").read_bytes()


def test_what_is_no_longer_listed_goes(shelf: Path):
    vendor.write(shelf, [], shelf)
    assert [path.name for path in shelf.iterdir()] == ["vendor.json"]


def test_files_as_vendored_pass(shelf: Path):
    assert vendor.changed(shelf) == []


def test_an_edited_a_missing_and_an_added_file_are_named(shelf: Path):
    (shelf / "lamp" / "lamp.min.js").write_text("let a=2;")
    (shelf / "lamp" / "LICENSE").unlink()
    (shelf / "own.js").write_text("")
    names = ["lamp/LICENSE", "lamp/lamp.min.js", "own.js"]
    assert vendor.changed(shelf) == [f"static/vendor/{name}: not as vendored, run `make vendor`" for name in names]


def test_a_missing_list_is_a_problem(tmp_path: Path):
    assert vendor.changed(tmp_path / "static" / "vendor") == ["static/vendor/vendor.json: cannot be read"]
