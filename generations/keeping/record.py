"""One backup: where it lies, and what it says of itself."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from generations.keeping import Refusal

FORMAT = 1
NAME = re.compile(r"\d{8}T\d{6}Z")
PICTURES = "pictures"


@dataclass(frozen=True)
class Manifest:
    version: str
    database: str  # sqlite or postgresql
    migrations: list[str]
    counts: dict[str, int]  # rows
    storage: str  # the bucket that pictures stay in; empty: they are here
    secrets: list[str]  # files of generated keys; what stands in the environment is not here
    files: int
    bytes: int
    sha256: str  # of the list of files
    format: int = FORMAT

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @staticmethod
    def read(file: Path) -> "Manifest":
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            if told["format"] > FORMAT:
                raise Refusal(f"{file.parent} was made by Seedbed {told['version']}, which is newer than this one. Install that first.")
            return Manifest(**told)
        except FileNotFoundError:
            raise Refusal(f"{file.parent} is no backup, or only half of one: it has no manifest.") from None
        except (KeyError, TypeError, ValueError):
            raise Refusal(f"{file} is damaged. Take another backup.") from None


def stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"


def whole(folder: Path) -> list[Path]:
    """Oldest first. What has no manifest was never finished."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path for path in found if NAME.fullmatch(path.name) and (path / "manifest.json").is_file())


def chosen(path: Path) -> Path:
    """The backup itself, or the newest of a folder."""
    if NAME.fullmatch(path.name) or (path / "manifest.json").is_file():
        return path
    if not path.is_dir():
        raise Refusal(f"There is no folder {path}.")
    if not (made := whole(path)):
        raise Refusal(f"There is no finished backup in {path}.")
    return made[-1]


def applied() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def unknown(manifest: Manifest) -> list[str]:
    """What this version has never heard of."""
    loader = MigrationLoader(None)  # of what is on disk; there may be no database yet
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    known = {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}
    return [name for name in manifest.migrations if name not in known and name.partition(".")[0] in loader.migrated_apps]
