"""Run a program that cannot outlive whoever started it: `python -m generations.supervisor.leash FD program args…`.

FD is the reading end of a pipe whose other end only the supervisor holds. In every process of the program, also in those it
forks, a thread waits for the end of that pipe, or for another parent than it was born to, and then kills its own process. So
kill -9 of the supervisor, or of a process that would have ended its children, leaves nothing behind. It needs no prctl and
works on macOS. Nothing but the standard library is imported here: this is loaded before the program itself.
"""

import os
import runpy
import select
import signal
import sys
import threading


def tie(pipe: int) -> None:
    """Put this process, and each that it or its children will fork, on the leash."""
    parent, me = os.getppid(), os.getpid()

    def start() -> None:
        # A thread inherits the mask. Signals are for the program's own threads: one that we took might not wake up its main thread.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        threading.Thread(target=hold, args=(pipe, parent), name="leash", daemon=True).start()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def forked() -> None:
        nonlocal parent, me
        parent, me = me, os.getpid()
        start()

    os.register_at_fork(after_in_child=forked)
    start()


def hold(pipe: int, parent: int) -> None:
    """Die when the leash is let go. Whatever goes wrong here lets go too: an unwatched process is the worse end."""
    try:
        while os.getppid() == parent and not select.select([pipe], [], [], 1)[0]:
            pass
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


def run(program: str, *arguments: str) -> None:
    """In this very process, so that signals and exit codes are the program's own."""
    sys.argv = [program, *arguments]
    if program.endswith(".py"):
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    tie(int(sys.argv[1]))
    run(*sys.argv[2:])
