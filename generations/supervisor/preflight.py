"""What can be known to be wrong before anything is started, said in a sentence or two."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from django.db import Error, connection

from generations import jobs
from generations.supervisor.terminal import first_line


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """One supervisor per data folder, while this lasts. True when the one before us did not live to clear its name."""
    with open_lock(folder / "up.lock") as file:
        file.seek(0)
        former = file.read().strip()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(
                f"Seedbed already runs on the folder {folder} (process {former or 'unknown'}). "
                "Stop it first, or choose another folder: STUDIO_DATA=/some/folder make run"
            ) from None
        except OSError:
            pass  # some network file systems cannot lock; that is no reason not to start
        sign(file, str(os.getpid()))
        try:
            yield bool(former)
        finally:
            sign(file, "")


def open_lock(path: Path) -> IO[str]:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"{path} cannot be written: {error.strerror}. Change the owner of the folder and all that is in it.") from None


def sign(file: IO[str], text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def check_port(host: str, port: int, patience: float = 0) -> None:
    """Patience is for the children of a supervisor that was killed: they take a second to notice."""
    last = monotonic() + patience
    while (problem := port_problem(host, port)) is not None:
        if problem != errno.EADDRINUSE or monotonic() > last:
            raise SystemExit(port_sentence(host, port, problem))
        sleep(0.1)


def port_problem(host: str, port: int) -> int | None:
    """None when we could listen there. The same options as the web server's, so the same answer."""
    try:
        wanted = socket.AF_INET6 if ":" in host else socket.AF_INET
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, wanted, socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1)
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except OSError as error:
        return error.errno
    return None


def port_sentence(host: str, port: int, problem: int) -> str:
    if problem == errno.EADDRINUSE:
        other = next((n for n in range(port + 1, min(port + 50, 65536)) if port_problem(host, n) is None), free_port())
        return f"Port {port} is in use by another program. Choose another: PORT={other} make run"
    if problem in (errno.EACCES, errno.EPERM):
        return f"Port {port} is kept for the system's administrator. Choose one above 1023: PORT=8000 make run"
    return f"This machine has no address {host}. Choose one it has, or 0.0.0.0 for all of them: HOST=127.0.0.1 make run"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "sqlite":
                cursor.execute("SELECT count(*) FROM sqlite_master")  # the first that looks into the file
    except Error as error:
        if connection.vendor == "sqlite":
            raise SystemExit(unusable(first_line(error))) from None
        raise SystemExit(f"The database does not answer: {first_line(error)}. Start it, or correct DATABASE_URL.") from None
    if connection.vendor == "sqlite" and not os.access(connection.settings_dict["NAME"], os.W_OK):
        raise SystemExit(unusable("it may only be read"))


def unusable(why: str) -> str:
    file = connection.settings_dict["NAME"]
    return f"The database {file} cannot be used: {why}. Change its owner, or put back a backup: manage.py restore."


def check_queue() -> None:
    try:
        jobs.waiting()
    except ImportError:
        raise SystemExit("REDIS_URL is set, but the driver for Redis is missing. Install it: EXTRAS=redis make run.") from None
    except Exception as error:
        raise SystemExit(f"Redis does not answer: {first_line(error)}. Start it, or correct or unset REDIS_URL.") from None
