"""On a disk that is full after twenty kilobytes of any file: `python -m tests.media.full FOLDER`.

Prints what each kind of work said, and what it left.
"""

import errno
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

HOME = Path(sys.argv[1])
settings.configure(DATA=HOME / "data", STORAGE=HOME / "data" / "media")

from generations.dialects.wire import Answer  # noqa: E402
from generations.media import arrival, names, spool, staging  # noqa: E402
from tests.media.pictures import noise  # noqa: E402

KEY = "00000000-0000-4000-8000-000000000001"


def write_answer(_picture: Path) -> None:
    spool.write(KEY, Answer(200, b"x" * 1_000_000))


def carry(picture: Path) -> None:
    staging.carry(picture, settings.STORAGE, names.original("ab" * 32, "png"))


def take_in(picture: Path) -> None:
    arrival.take_in(picture)


def said(work: Callable[[Path], None]) -> str:
    with staging.desk() as desk:
        picture = desk / "picture"
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        noise(320, 320).save(picture, "PNG")
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        try:
            work(picture)
        except OSError as error:
            return errno.errorcode[error.errno or 0]
    return "nothing"


for work in (write_answer, carry, take_in):
    print(work.__name__, said(work), [os.fspath(path) for path in HOME.rglob("*") if path.is_file()])  # noqa: T201
