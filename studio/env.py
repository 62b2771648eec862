"""Read settings from the environment; collect every problem, so that a person fixes them in one go.

A value comes from `NAME`, from the file that `NAME_FILE` names, from `.env`, or is the embedded default.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Reading:
    """One setting as it was found: `manage.py doctor` shows these."""

    name: str
    shown: str
    source: str


class Environment:
    def __init__(self, variables: dict[str, str], dotenv: Path | None = None) -> None:
        self.variables = variables
        self.written = read_dotenv(dotenv) if dotenv else {}
        self.readings: dict[str, Reading] = {}
        self.problems: list[str] = []

    def text(self, name: str, default: str = "", *, hidden: bool = False) -> str:
        found, source = self._find(name)
        value = default if found is None else found
        self._note(name, "set" if hidden and value else value, source)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        found = self.text(name, "yes" if default else "no").lower()
        if found not in WORDS:
            self.problem(name, f"must be yes or no, not “{found}”.")
        return WORDS.get(found, default)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        found = self.text(name, str(default))
        value = int(found) if found.isascii() and found.isdigit() else None
        if value is None or not least <= value <= most:
            self.problem(name, f"must be a whole number from {least} to {most}, not “{found}”.")
            return default
        return value

    def choice(self, name: str, default: str, offered: list[str]) -> str:
        found = self.text(name, default)
        if found not in offered:
            self.problem(name, f"must be one of {', '.join(offered)}, not “{found}”.")
            return default
        return found

    def names(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str, default: Path) -> Path:
        """A folder of ours: made if it is missing, and it must be writable."""
        path = Path(self.text(name, str(default))).expanduser().absolute()
        try:
            path.mkdir(parents=True, exist_ok=True)
            writable = os.access(path, os.W_OK | os.X_OK)
        except OSError:
            writable = False
        if not writable:
            self.problem(name, f"names {path}, a folder that cannot be written. Choose another or change its owner.")
        return path

    def address(self, name: str, schemes: tuple[str, ...], default: str = "", *, hidden: bool = False) -> str:
        value = self.text(name, default, hidden=hidden)
        if value and not is_address(value, schemes):
            self.problem(name, f"must be an address that begins with {' or '.join(s + '://' for s in schemes)}.")
            return default
        return value

    def secret(self, name: str, kept: Path, make: Callable[[], str]) -> str:
        """A secret of the studio's own: made on the first start and kept in a file only we may read."""
        found, source = self._find(name)
        if found is None:
            source = f"generated, in {kept}"
            try:
                found = keep_secret(kept, make)
            except OSError as error:
                self.problem(name, f"is not set and {kept} cannot be read or written: {error.strerror}.")
                found = ""
        self._note(name, "set" if found else "missing", source)
        return found

    def problem(self, name: str, sentence: str) -> None:
        self.problems.append(f"{name} {sentence}")

    def unknown(self, prefix: str) -> list[str]:
        """Variables that look like ours but are not: almost always a slip of the pen."""
        given = {name.removesuffix("_FILE") for name in {**self.variables, **self.written}}
        return sorted(name for name in given if name.startswith(prefix) and name not in self.readings)

    def finish(self) -> None:
        if self.problems:
            listed = "\n".join(f"  - {problem}" for problem in self.problems)
            raise SystemExit(f"The studio cannot start with these settings:\n{listed}")

    def _note(self, name: str, shown: str, source: str) -> None:
        self.readings[name] = Reading(name, shown, source)

    def _find(self, name: str) -> tuple[str | None, str]:
        for values, place in ((self.variables, "environment"), (self.written, ".env")):
            value, file = values.get(name) or None, values.get(f"{name}_FILE") or None
            if value and file:
                self.problem(name, f"is given twice: as {name} and as {name}_FILE. Keep one.")
            if value:
                return value.strip(), place
            if file:
                return self._open(name, Path(file)), f"file {file}"
        return None, "default"

    def _open(self, name: str, file: Path) -> str | None:
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.problem(f"{name}_FILE", f"names {file}, which cannot be read.")
            return None


def is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname or parts.path) and (parts.port or 1) > 0
    except ValueError:
        return False


def read_dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; quotes around a value are taken off, everything else is taken as it stands."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def keep_secret(path: Path, make: Callable[[], str]) -> str:
    """Two processes may start at once: the first to link its file wins, both read the same."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip()
