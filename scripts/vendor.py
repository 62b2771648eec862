"""Other people's browser files: copied from locked npm packages, named with version, licence and hash, and committed.

Nobody who runs or works on the studio needs Node; only `make vendor` does. `make lint` reads the hashes again.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import ROOT

NOTE = "Made by `make vendor`. Hashes are of the files here: comments that point to source maps we do not ship were taken out."
SPDX = {"BSD-0-Clause": "0BSD"}  # htmx spells its licence its own way
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+[ \t]*")


@dataclass(frozen=True)
class Package:
    """What we take from an npm package, and where it goes."""

    name: str
    files: tuple[str, ...]
    folder: str = "static/vendor"


PACKAGES = (
    Package("htmx.org", ("dist/htmx.min.js", "LICENSE")),
    # for the tests of accessibility; no visitor ever gets it
    Package("axe-core", ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"), "tests/vendor"),
)


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        found = [problem for folder in folders() for problem in changed(ROOT / folder)]
        print(*found, sep="\n", end="\n" if found else "")
        return int(bool(found))
    if not shutil.which("npm"):
        print("Copying from npm packages needs npm (Debian: apt install npm, macOS: brew install node).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        installed = install(Path(place))
        if not installed:
            return 1
        for folder in folders():
            write(ROOT / folder, [package for package in PACKAGES if package.folder == folder], installed)
    return 0


def folders() -> list[str]:
    return sorted({package.folder for package in PACKAGES})


def install(place: Path) -> Path | None:
    """The locked packages, without running anything that comes with them."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, place / name)
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=place)
    if done.returncode:
        print("npm could not install the packages; nothing was changed.", file=sys.stderr)
        return None
    return place / "node_modules"


def write(target: Path, packages: list[Package], installed: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)  # what is no longer listed goes
    target.mkdir(parents=True)
    listed = [copy(package, installed / package.name, target / package.name.removesuffix(".org")) for package in packages]
    (target / "vendor.json").write_text(json.dumps({"note": NOTE, "packages": listed}, indent=2) + "\n")


def copy(package: Package, source: Path, target: Path) -> dict[str, Any]:
    about = json.loads((source / "package.json").read_text())
    target.mkdir()
    hashes = {}
    for name in package.files:
        content = (source / name).read_bytes()
        if name.endswith((".js", ".css")):
            content = SOURCE_MAP.sub(b"", content)
        place = target / Path(name).name
        place.write_bytes(content)
        hashes[f"{target.name}/{place.name}"] = digest(content)
    return {"name": package.name, "version": about["version"], "licence": SPDX.get(about["license"], about["license"]), "files": hashes}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def changed(folder: Path) -> list[str]:
    """Every file that is not, byte for byte, one of those listed, and every listed one that is gone."""
    where = f"{folder.parent.name}/{folder.name}"
    try:
        listed = json.loads((folder / "vendor.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return [f"{where}/vendor.json: cannot be read"]
    expected = {name: found for package in listed for name, found in package["files"].items()}
    there = {str(path.relative_to(folder)): digest(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
    there.pop("vendor.json")
    differing = sorted(name for name in expected.keys() | there.keys() if expected.get(name) != there.get(name))
    return [f"{where}/{name}: not as vendored, run `make vendor`" for name in differing]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
