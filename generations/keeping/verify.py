"""Reads a backup back, from the first to the last byte of every file."""

from collections.abc import Callable
from pathlib import Path

from generations.keeping import Refusal, files, rows
from generations.keeping.files import UNHASHED, Entry
from generations.keeping.record import PICTURES, Manifest

WORDS = 3  # damaged files that are named

Tell = Callable[[int], object]


def verify(path: Path, tell: Tell = lambda count: None) -> Manifest:
    manifest = Manifest.read(path / "manifest.json")
    try:
        inspect(path, manifest, tell)
    except (OSError, EOFError, ValueError) as error:
        raise Refusal(f"The backup {path} cannot be read: {error}. Take another one.") from None
    return manifest


def inspect(path: Path, manifest: Manifest, tell: Tell) -> None:
    listing = path / "files.txt.gz"
    if files.digest(listing) != manifest.sha256:
        raise Refusal(f"The list of files in {path} is damaged. Take another backup.")
    wrong, count = [], 0
    for count, entry in enumerate(files.entries(listing), 1):
        if not sound(place(path, entry), entry):
            wrong.append(entry.name)
        tell(count)
    if wrong:
        named = ", ".join(wrong[:WORDS]) + (" …" if len(wrong) > WORDS else "")
        raise Refusal(f"In the backup {path} {len(wrong)} of {count} files are missing or damaged: {named}. Take another backup.")
    rows.check(database(path, manifest))


def sound(file: Path, entry: Entry) -> bool:
    if not file.is_file() or file.stat().st_size != entry.bytes:
        return False
    return entry.sha256 == UNHASHED or files.digest(file) == entry.sha256


def place(path: Path, entry: Entry) -> Path:
    return (path.parent if entry.name.startswith(f"{PICTURES}/") else path) / entry.name


def database(path: Path, manifest: Manifest) -> Path:
    return path / rows.NAMES[manifest.database]
