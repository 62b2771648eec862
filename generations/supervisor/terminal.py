"""What the person at the terminal reads: whole lines, one at a time, from whichever thread they come."""

import contextlib
import os
import threading

WRITING = threading.Lock()


def say(line: str) -> None:
    """Written straight to the descriptor: a terminal that went away must neither stop the studio nor spoil its exit code."""
    text = f"{line}\n".encode()
    with WRITING, contextlib.suppress(OSError):
        while text:
            text = text[os.write(1, text) :]


def first_line(error: BaseException) -> str:
    """The part of a message that a person can use."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return next((line.strip().rstrip(".") for line in str(error).splitlines() if line.strip()), type(error).__name__)
