"""The memory of pictures goes back to the system when they are done.

glibc keeps large blocks it has once given out, for each thread apart: eight threads that take in a picture of 2K held 230 MB between
them for good, and hold 35 MB more than one thread this way.
"""

import ctypes

LARGE, STRIP, LITTLE = 1024 * 1024, 8 * 1024 * 1024, 16 * 1024 * 1024
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


def give_back() -> None:
    option(M_MMAP_THRESHOLD, LARGE)


def keep_little() -> None:
    """Of a process that is soon over: a little that is free stays, or every strip of a picture would fetch its memory anew."""
    option(M_MMAP_THRESHOLD, STRIP)
    option(M_TRIM_THRESHOLD, LITTLE)


def option(name: int, value: int) -> None:
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):  # only glibc has it, and only glibc needs it
        libc.mallopt(name, value)
