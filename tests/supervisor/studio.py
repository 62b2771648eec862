"""A real studio: `manage.py up` in a folder of its own, on a free port, with a database of its own."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

ROOT = Path(__file__).resolve().parents[2]
SHARED = os.environ.get("DATABASE_URL", "")
POSTGRES = SHARED.startswith("postgres")
BEGINNING = "BEGINNING"  # names the folder that tests/servers/beginning.py has filled
OURS = ("STUDIO_", "DJANGO_", "PYTEST_", "HOST", "PORT", "REDIS_URL", "DATABASE_URL")


class Studio:
    def __init__(self, folder: Path, database: str, **more: str) -> None:
        self.folder, self.database, self.port = folder, database, free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        chosen = {"STUDIO_DATA": str(folder), "STUDIO_DOTENV": os.devnull, "PORT": str(self.port), "DATABASE_URL": database}
        shared = {"STUDIO_STATIC": f"{os.environ[BEGINNING]}/static"} if BEGINNING in os.environ else {}
        self.environment = {**inherited, **chosen, **shared, **more}
        self.lines: list[str] = []
        self.crews: dict[int, list[psutil.Process]] = {}
        self.process: subprocess.Popen[str] | None = None
        self.program = ["manage.py", "up"]
        self.address = f"http://127.0.0.1:{self.port}"

    # --- from outside ---

    def fill(self) -> None:
        """With the tables that this run has made already: to go through all migrations takes longer than a start."""
        tables = Path(os.environ.get(BEGINNING, self.folder)) / "tables.sqlite"
        if not self.database and tables.exists():
            shutil.copy(tables, self.folder / "studio.sqlite3")

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        options = {"cwd": ROOT, "env": self.environment, "capture_output": True, "text": True, "timeout": 300}
        return subprocess.run([sys.executable, "manage.py", *words], **options)

    def inside(self, module: str, *words: str, told: str = "") -> str:
        """What a program of ours says that sees the studio's own settings."""
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, input=told, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *self.program, *options],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        threading.Thread(target=self.read, daemon=True).start()

    def up(self, *options: str) -> float:
        """Start it and wait until it says that it is ready; returns the seconds that took."""
        began = time.monotonic()
        self.lines.clear()
        self.begin(*options)
        wait(lambda: self.said("Seedbed is ready"), 300, self)  # a busy machine is no reason to fail
        return time.monotonic() - began

    def stand(self, *options: str) -> None:
        """Up, whoever has stopped it before."""
        if self.process is None or self.process.poll() is not None:
            self.up(*options)

    def read(self) -> None:
        with self.process.stdout as stream:
            self.lines.extend(iter(stream.readline, ""))

    def said(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def end(self) -> None:
        """Whatever a test left running."""
        if self.process and self.process.poll() is None:
            alive = self.tree()
            self.process.kill()
            self.process.wait()
            for process in psutil.wait_procs(alive, 5)[1]:  # a leash cannot pull on what is stopped
                process.kill()

    # --- its processes ---

    def tree(self) -> list[psutil.Process]:
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def child(self, word: str) -> psutil.Process:
        return wait(lambda: next((c for c in psutil.Process(self.process.pid).children() if word in words(c)), None), 40, self)

    def runs(self, word: str) -> bool:
        return any(word in words(child) for child in psutil.Process(self.process.pid).children())

    def sentinel(self) -> psutil.Process:
        return wait(lambda: next(iter(self.child("qcluster").children()), None), 20, self)

    def crew(self) -> tuple[list[psutil.Process], psutil.Process, psutil.Process]:
        """Workers, monitor, pusher. q2 starts them in this order, and what it replaces is a worker."""
        sentinel = self.sentinel()
        first = self.crews.get(sentinel.pid) or wait(lambda: in_order(sentinel) if len(sentinel.children()) == 4 else None, 20, self)
        self.crews[sentinel.pid] = first
        helpers = first[2:]
        return [process for process in in_order(sentinel) if process not in helpers], helpers[0], helpers[1]

    # --- its health ---

    def answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as web:
            try:
                web.request("GET", "/healthz")
                return web.getresponse().status == 200
            except OSError:
                return False

    def sandbox_answers(self) -> bool:
        """Where one is wanted."""
        if not self.query("SELECT count(*) FROM generations_provideraccount WHERE sandbox AND enabled"):
            return True
        port = int(self.child("generations.sandbox").cmdline()[-1])
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def beat(self) -> str:
        """The time of the last one, as text in UTC."""
        last = "to_char(max(beat_at) AT TIME ZONE 'utc', 'YYYY-MM-DD HH24:MI:SS.US')" if POSTGRES else "max(beat_at)"
        return str(self.query(f"SELECT {last} FROM generations_heartbeat") or "")  # noqa: S608

    def driving(self) -> list[int]:
        """The processes that drive; 0 while they are told to stop."""
        alive = f"SELECT process FROM generations_driver WHERE lease_until > '{datetime.now(UTC)}'"  # noqa: S608
        return [int(process) for process in self.column(alive)]

    def query(self, sql: str, patience: int = 20) -> object:
        """The first value, if there is any."""
        return next((row[0] for row in self.rows(sql, patience)), None)

    def column(self, sql: str) -> list[object]:
        return [row[0] for row in self.rows(sql)]

    def rows(self, sql: str, patience: int = 20) -> list[tuple[object, ...]]:
        with closing(connect(self, patience)) as database:
            cursor = database.cursor()
            cursor.execute(sql)
            found = cursor.fetchall() if cursor.description else []
            database.commit()
            return list(found)

    def rest(self) -> None:
        """Wait until the workers do nothing for a while: a canary has just been answered."""
        last = self.beat()
        wait(lambda: self.beat() > last, 30, self)
        time.sleep(0.3)

    def heal(self, *victims: psutil.Process, limit: float = 60) -> float:
        """Kill them; the seconds until the web answers, a worker has worked, and the sandbox listens."""
        for victim in victims:
            victim.kill()
        killed, began = str(datetime.now(UTC)), time.monotonic()
        wait(lambda: self.beat() > killed and self.answers() and self.sandbox_answers(), limit, self)
        took = time.monotonic() - began
        self.crew()  # who is who can only be told before somebody is replaced
        return took


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def in_order(parent: psutil.Process) -> list[psutil.Process]:
    return sorted(parent.children(), key=lambda process: process.pid)


def wait(ask: Callable[[], object], limit: float, studio: Studio) -> object:
    last = time.monotonic() + limit
    while not (found := ask()):
        assert time.monotonic() < last, f"not within {limit} s:\n" + "".join(studio.lines)
        assert studio.process.poll() is None, "it ended:\n" + "".join(studio.lines)
        time.sleep(0.1)
    return found


def connect(studio: Studio, patience: int) -> object:
    """Who waits longer than these seconds for a lock fails."""
    if not POSTGRES:
        return sqlite3.connect(studio.folder / "studio.sqlite3", timeout=patience)
    import psycopg

    return psycopg.connect(studio.database, options=f"-c lock_timeout={patience}s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def administer(sql: str) -> None:
    import psycopg

    with psycopg.connect(SHARED, autocommit=True) as database:
        database.execute(sql)


@contextmanager
def a_database(model: str = "template1") -> Iterator[str]:
    """The address of a new one, empty or as its model, on the server that is there; none where the studio makes its own file."""
    if not POSTGRES:
        yield ""
        return
    name = f"up_{uuid.uuid4().hex}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    try:
        yield urlsplit(SHARED)._replace(path=f"/{name}").geturl()
    finally:
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')
