"""A PostgreSQL of one's own for a few minutes: real, on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts import Stop
from scripts.scratch import place

PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", "/usr/pgsql-*/bin")
OTHERS = ("postgres", "nobody")  # it refuses to run as root
# Nothing here has to survive a power cut; only where test speed comes from differs from a real one.
SETTINGS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off"),
    *("max_connections=300", "unix_socket_directories="),
)


def find() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest where there are several."""
    found = shutil.which("initdb")
    if found and (Path(found).parent / "postgres").exists():
        return Path(found).parent
    places = [path for place in PLACES for path in Path("/").glob(place.lstrip("/")) if (path / "initdb").exists()]
    return max(places, key=lambda path: [int(part) for part in "".join(c if c.isdigit() else " " for c in str(path)).split()], default=None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The address of a database that is empty and ours alone."""
    owner = other_user()
    folder = Path(tempfile.mkdtemp(prefix="seedbed-postgres-", dir=place()))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        create(programs, folder, owner)
        port = free_port()
        with serving(programs, folder, port, owner):
            yield f"postgres://studio@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in OTHERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Stop("PostgreSQL does not run as root, and there is no other user to run it as.")


def create(programs: Path, folder: Path, owner: dict[str, Any]) -> None:
    options = ["-D", str(folder / "data"), "-U", "studio", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    done = subprocess.run([str(programs / "initdb"), *options], cwd=folder, capture_output=True, text=True, **owner)
    if done.returncode:
        raise Stop(f"PostgreSQL could not make a database: {done.stderr.strip()}")


@contextmanager
def serving(programs: Path, folder: Path, port: int, owner: dict[str, Any]) -> Iterator[None]:
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port), *settings]
    with (folder / "log").open("wb") as log:
        # In a session of its own: Ctrl+C is for the tests, which still need their database while they tidy up.
        server: subprocess.Popen[bytes] = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **owner)
    try:
        wait_for(server, port, folder / "log")
        yield
    finally:
        stop(server)


def wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    raise Stop(f"PostgreSQL did not start: {log.read_text(errors='replace').strip()}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # the fast way down: it does not wait for clients
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
