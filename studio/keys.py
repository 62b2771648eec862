"""The studio's own secrets: what they look like, when they are refused, and how they are kept."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet


def new_secret() -> str:
    return secrets.token_urlsafe(64)


def weak(secret: str) -> str:
    # The worker queue unpickles what is signed with this key: who guesses it, runs code here.
    if len(secret) < 50 or len(set(secret)) < 10:
        return "is too weak: it needs at least 50 random characters. Unset it to have one made."
    return ""


def new_fernet() -> str:
    return Fernet.generate_key().decode()


def split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def misshapen(keys: str) -> str:
    try:
        fits = [Fernet(key) for key in split(keys)]
    except ValueError:
        fits = []
    return "" if fits else "must be Fernet keys, separated by commas; the first one encrypts. Unset it to have one made."


def keep(path: Path, make: Callable[[], str]) -> str:
    """Two processes may start at once: the first to link its file wins, both read the same."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # readable by us alone, whatever the umask
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
            settle(path.parent)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="utf-8").strip()


def settle(folder: Path) -> None:
    """A new name survives a power cut only once its folder is on the disk. What it encrypts would be lost with it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
