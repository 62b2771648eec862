"""Where a test may pull the plug. In a running studio a checkpoint is one look at a zero."""

import os

CRASH = 137  # as a process ends that was killed

left = int(os.environ.get("STUDIO_CRASH_AT") or 0)  # the process ends at so many checkpoints from its start; 0: never


def checkpoint(name: str) -> None:
    """`name` tells whoever reads the code, and the test, what has just become true."""
    global left
    if left:
        left -= 1
        if not left:
            print(f"crash at {name}", flush=True)  # noqa: T201  # the test reads it
            os._exit(CRASH)
