"""One program that we keep running: started on a leash in a session of its own, started again when it dies."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen
from time import monotonic, sleep
from typing import IO

from generations.supervisor.terminal import say

LONGEST_DELAY = 30
STEADY = 60  # a program that has lived so long is well: the next death starts the back-off from the beginning
LONGEST_LINE = 64 * 1024


class Child:
    """`tick` brings what is nearer to what is wanted; it never waits for the program."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path, leash: int, grace: float) -> None:
        self.name, self.command, self.environment, self.folder = name, command, environment, folder
        self.leash, self.grace = leash, grace
        self.heed: Callable[[int, str], None] = lambda group, line: None  # somebody may read the log along
        self.process: Popen[bytes] | None = None
        self.started = self.due = 0.0
        self.deaths = 0
        self.kill_at: float | None = None  # set while it is asked to end

    @property
    def pid(self) -> int:
        """Also the number of its process group and session; 0 while it does not run."""
        return self.process.pid if self.process else 0

    @property
    def ending(self) -> bool:
        return self.kill_at is not None

    def tick(self, wanted: bool) -> None:
        now = monotonic()
        if self.process is None:
            if wanted and now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.bury(self.process.pid, code)
        elif self.kill_at is not None and now >= self.kill_at:
            send(os.killpg, self.process.pid, signal.SIGKILL)
        elif not wanted:
            self.end(self.grace)

    def start(self) -> None:
        command = [sys.executable, "-m", "generations.supervisor.leash", str(self.leash), *self.command]
        self.started, self.kill_at = monotonic(), None
        try:
            self.process = Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                pass_fds=[self.leash],
                start_new_session=True,  # Ctrl+C reaches us alone, and the order of stopping is ours
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
            )
        except OSError as error:  # no memory, too many processes
            self.put_off(f"could not be started ({error.strerror})")
            return
        threading.Thread(target=self.copy_log, args=(self.process.pid, self.process.stdout), daemon=True).start()

    def end(self, grace: float) -> None:
        """Ask the main process, and only it: a cluster whose every process gets SIGTERM hangs. `tick` kills what stays."""
        if self.process and not self.ending:
            self.kill_at = monotonic() + grace
            send(os.kill, self.process.pid, signal.SIGTERM)

    def hurry(self) -> None:
        self.kill_at = monotonic()

    def bury(self, group: int, code: int) -> None:
        sweep(group)
        self.process = None
        if self.ending:
            self.deaths, self.due = 0, monotonic()
        else:
            self.put_off(f"ended ({how(code)})")

    def put_off(self, why: str) -> None:
        self.deaths = 1 if monotonic() - self.started > STEADY else self.deaths + 1
        delay = min(2 ** (self.deaths - 1), LONGEST_DELAY)
        self.due = monotonic() + delay
        say(f"{self.name} {why}. Starting again in {delay} s.")

    def copy_log(self, group: int, stream: IO[bytes]) -> None:
        with stream:
            for line in iter(lambda: stream.readline(LONGEST_LINE), b""):
                text = line.decode(errors="replace").rstrip()
                say(f"{self.name:<7} | {text}")
                self.heed(group, text)


def sweep(group: int) -> None:
    """Kill what a dead program left behind, and wait until it is gone: it may hold the port or the files of its successor."""
    last = monotonic() + 2
    while send(os.killpg, group, signal.SIGKILL) and monotonic() < last:
        # where we are process 1, as in a container, its orphans are ours to bury
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-group, os.WNOHANG)
        sleep(0.02)


def send(call: Callable[[int, int], None], to: int, number: int) -> bool:
    try:
        call(to, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses to signal a group of which only zombies are left
        return False
    return True


def how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code}, {signal.strsignal(-code)}"
