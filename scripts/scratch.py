"""A place to try things: the studio's settings as they come embedded, whatever the person at the keyboard has set."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OURS = ("STUDIO_", "DATABASE_URL", "REDIS_URL")
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108  # on Linux; a run of all tests needs less than a quarter of it
BOUND = {"HOST", "PORT", "HOST_FILE", "PORT_FILE", "DJANGO_SETTINGS_MODULE"}


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """Variables for a child process that keeps everything in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="seedbed-", dir=place(), ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        Path(folder).chmod(0o711)  # PostgreSQL, which runs as somebody else, may have its folder in here
        # Compiled once: some machines forbid it, and then each of a hundred starts reads the whole of Django again.
        own = {"STUDIO_DATA": str(data), "STUDIO_DOTENV": os.devnull, "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": ""}
        yield {**without_settings(dict(os.environ)), **own}


def place() -> Path | None:
    """In memory, if it has room and may hold programs: nothing in here has to outlive a power cut, so nobody need wait for a disk."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    found = os.statvfs(MEMORY)
    return MEMORY if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC else None


def without_settings(variables: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if not name.startswith(OURS) and name not in BOUND}


def is_strict(variables: dict[str, str]) -> bool:
    """Where nothing may be left out: in CI, or when somebody says so."""
    return any(variables.get(name, "").lower() in ("1", "true", "yes") for name in ("CI", "STRICT"))
