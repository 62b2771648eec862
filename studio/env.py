"""Read settings from the environment; collect every problem, so that a person fixes them in one go.

A value comes from `NAME`, from the file that `NAME_FILE` names, from `.env`, or is the embedded default.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from studio import keys
from studio.addresses import bracketed, is_address, is_bucket, is_host, origin_of

PRIVATE = 0o750  # password hashes and unpublished work: not for everybody here
PUBLIC = 0o755
WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Reading:
    """One setting as it was found: `manage.py doctor` shows these."""

    name: str
    shown: str
    source: str


class Environment:
    def __init__(self, variables: Mapping[str, str], dotenv: Path | None = None) -> None:
        self.variables = variables
        self.written: dict[str, str] = {}
        self.readings: dict[str, Reading] = {}
        self.problems: list[str] = []
        self.lost: list[Path] = []  # folders that failed: what would lie in them is not complained about again
        named = self.text("STUDIO_DOTENV", str(dotenv) if dotenv and dotenv.exists() else "")
        if named:
            self.written = self._lines("STUDIO_DOTENV", Path(named))

    # --- kinds of values ---

    def text(self, name: str, default: str = "", *, hidden: bool = False) -> str:
        found, source = self._find(name)
        value = default if found is None else found
        self._note(name, "set" if hidden and value else value, source)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        found = self.text(name, "yes" if default else "no")
        if found.lower() not in WORDS:
            self.problem(name, f"must be yes or no, not {quoted(found)}.")
        return WORDS.get(found.lower(), default)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        found = self.text(name, str(default))
        # int() alone also takes 1_000, +5 and the digits of every script
        value = int(found) if re.fullmatch("[0-9]{1,12}", found) else -1
        if not least <= value <= most:
            self.problem(name, f"must be a whole number from {least} to {most}, not {quoted(found)}.")
            return default
        return value

    def decimal(self, name: str, default: float) -> float:
        """A number above 0."""
        found = self.text(name, f"{default:g}")
        value = float(found) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", found) else 0.0
        if not value:
            self.problem(name, f"must be a number above 0 such as 0.5 or 3, not {quoted(found)}.")
        return value or default

    def choice(self, name: str, default: str, offered: list[str]) -> str:
        found = self.text(name, default)
        for option in offered:
            if option.lower() == found.lower():
                return option
        self.problem(name, f"must be one of {', '.join(offered)}, not {quoted(found)}.")
        return default

    def zone(self, name: str, default: str) -> str:
        found = self.text(name, default)
        try:
            return ZoneInfo(found).key
        except (KeyError, ValueError, OSError):
            self.problem(name, f"must be a time zone such as Europe/Berlin or Asia/Shanghai, not {quoted(found)}.")
            return default

    def folder(self, name: str, default: Path, mode: int = PRIVATE, sign: str = "") -> Path:
        """A folder of ours: made if it is missing, and it must be writable, unless this sign of being filled stands in it."""
        found = self.text(name, str(default))
        if "://" in found:
            self.problem(name, f"must be a folder, not {quoted(found)}.")
            return default
        path = Path(os.path.expanduser(found)).absolute()  # noqa: PTH111  Path.expanduser raises where a home is unknown
        if not made(path, mode) and not self._is_lost(path) and not (sign and (path / sign).exists()):
            self.problem(name, f"names {path}, a folder that cannot be written. Choose another or change its owner.")
            self.lost.append(path)
        return path

    def storage(self, name: str, default: Path) -> Path | str:
        """A folder of ours, or a bucket with an S3 interface: `s3://bucket`, or `s3://bucket/prefix`."""
        found = self.text(name, str(default))
        if "://" not in found:
            return self.folder(name, default)
        if not is_bucket(found):
            self.problem(name, f"must be a folder, s3://bucket or s3://bucket/prefix, not {quoted(found)}.")
        elif not find_spec("boto3"):
            self.problem(name, f"names a bucket, whose driver is missing. Install it: {driver('s3')}.")
        return found.rstrip("/")

    def prefix(self, name: str) -> str:
        """The beginning of paths: with a stroke at both ends."""
        found = self.text(name)
        if found and not re.fullmatch(r"/([\w.~-]+/)*", found, re.ASCII):
            self.problem(name, f"must be a path such as /pictures/, with a stroke at both ends, not {quoted(found)}.")
        return found

    def address(self, name: str, schemes: tuple[str, ...], default: str = "", *, hidden: bool = False) -> str:
        value = self.text(name, default, hidden=hidden)
        if value and not is_address(value, schemes):
            password = " Write / ? # @ % in its password as %2F %3F %23 %40 %25." if hidden else ""
            self.problem(name, f"must be a whole address that begins with {' or '.join(f'{s}://' for s in schemes)}.{password}")
            return default
        return value

    def origin(self, name: str) -> str:
        """Where browsers find us, written the way they write it themselves."""
        value = self.address(name, ("https", "http"))
        origin = origin_of(value) if value else ""
        if origin is None:
            self.problem(name, f"must end after the host and its port, not be {quoted(value)}.")
        return origin or ""

    def host(self, name: str, default: str) -> str:
        found = self.text(name, default)
        if not is_host(bracketed(found)):
            self.problem(name, f"must be a name or a number without scheme and port, not {quoted(found)}.")
            return default
        return found

    def mailbox(self, name: str, default: str) -> str:
        """`seedbed@example.com`, or with a name before it: `Seedbed <seedbed@example.com>`."""
        found = self.text(name, default)
        if not re.fullmatch(r"([^<>]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)", found):
            self.problem(name, f"must be an e-mail address such as Seedbed <seedbed@example.com>, not {quoted(found)}.")
            return default
        return found

    def hosts(self, name: str) -> list[str]:
        found = [part.strip().lower() for part in self.text(name).split(",") if part.strip()]
        for host in found:
            if host != "*" and not is_host(host.removeprefix(".")):
                self.problem(name, f"must be names without scheme and port, separated by commas, not {quoted(host)}.")
        return found

    def secret(self, name: str, kept: Path, make: Callable[[], str], flaw: Callable[[str], str]) -> str:
        """A secret of the studio's own: made on the first start and kept in a file only we may read."""
        found, source = self._find(name)
        if source == "default":
            found, source = self._keep(name, kept, make), f"generated, in {kept}"
        if found and (complaint := flaw(found)):
            self.problem(name, complaint)
        self._note(name, "set" if found else "missing", source)
        return found or ""

    # --- what was wrong ---

    def problem(self, name: str, sentence: str) -> None:
        self.problems.append(f"{name} {sentence}")

    def unknown(self, prefix: str) -> list[str]:
        """Variables that look like ours but are not: almost always a slip of the pen."""
        given = {name.removesuffix("_FILE") for name in {**self.variables, **self.written}}
        return sorted(name for name in given if name.startswith(prefix) and name not in self.readings)

    def finish(self) -> None:
        if self.problems:
            listed = "\n".join(f"  - {problem}" for problem in dict.fromkeys(self.problems))
            raise SystemExit(f"The studio cannot start with these settings:\n{listed}")

    # --- where values come from ---

    def _note(self, name: str, shown: str, source: str) -> None:
        self.readings[name] = Reading(name, shown, source)

    def _find(self, name: str) -> tuple[str | None, str]:
        for values, place in ((self.variables, "environment"), (self.written, ".env")):
            value, file = values.get(name, "").strip(), values.get(f"{name}_FILE", "").strip()
            if value and file:
                self.problem(name, f"is given twice: as {name} and as {name}_FILE. Keep one.")
            if value:
                return self._readable(name, value), place
            if file:
                return self._held(f"{name}_FILE", Path(file)), f"file {file}"
        return None, "default"

    def _readable(self, name: str, value: str) -> str | None:
        if value.isprintable():  # bytes that are not UTF-8 arrive as lone surrogates, which are not
            return value
        self.problem(name, "must be one line of UTF-8 text without control characters.")
        return None

    def _held(self, name: str, file: Path) -> str | None:
        """What a file holds that stands for a value."""
        text = self._open(name, file)
        if text is None:
            return None
        if not text.strip():
            self.problem(name, f"names {file}, which is empty.")
            return None
        return self._readable(name, text.strip())

    def _open(self, name: str, file: Path) -> str | None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            self.problem(name, f"names {file}, which cannot be read.")
            return None

    def _lines(self, name: str, file: Path) -> dict[str, str]:
        """`NAME=value` lines; a pair of quotes around a value is taken off, everything else is taken as it stands."""
        written = {}
        for number, line in enumerate((self._open(name, file) or "").split("\n"), 1):
            left, equals, value = line.strip().removeprefix("export ").partition("=")
            if not left or left.startswith("#"):
                continue
            if not equals:
                self.problem(name, f"names {file}, where line {number} is not of the form NAME=value.")
            written[left.strip()] = unquoted(value.strip())
        return written

    def _keep(self, name: str, kept: Path, make: Callable[[], str]) -> str | None:
        if self._is_lost(kept):
            return None
        try:
            found = keys.keep(kept, make)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            self.problem(name, f"is not set and {kept} cannot be read or written: {reason}.")
            return None
        if not found:
            self.problem(name, f"is not set and {kept} is empty. Restore it from a backup, or delete it to have a new one made.")
        return found

    def _is_lost(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self.lost)


def made(path: Path, mode: int) -> bool:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=mode)
        return os.access(path, os.W_OK | os.X_OK)
    except OSError:
        return False


def driver(extra: str) -> str:
    """How somebody gets what only some settings need."""
    return f"EXTRAS={extra} make run"


def quoted(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
