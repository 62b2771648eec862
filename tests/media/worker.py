"""A worker that takes in the same picture in many threads: `python -m tests.media.worker FILE THREADS` prints its megabytes."""

import resource
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from generations.media import arrival

FILE, THREADS = Path(sys.argv[1]), int(sys.argv[2])
settings.configure(DATA=FILE.parent, STORAGE=FILE.parent / "media")


def take(number: int) -> None:
    arrival.take_in(Path(shutil.copy(FILE, FILE.with_name(f"{FILE.name}-{THREADS}-{number}"))))


with ThreadPoolExecutor(THREADS) as pool:
    list(pool.map(take, range(2 * THREADS)))
status = Path("/proc/self/status")  # elsewhere the system's own count, which on Linux begins with the memory of whoever started us
if status.exists():
    print(int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024)  # noqa: T201
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2)  # noqa: T201
