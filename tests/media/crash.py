"""Dies at the first step that touches the disk, then at the second, and so on, until nothing is left to die at. Prints how often it died.

`python -m tests.media.crash FOLDER WORK`: after each death, what is to be seen is whole, and the same work done again succeeds.
"""

import os
import shutil
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings

from generations.dialects.wire import Answer
from generations.media import names, spool, staging
from generations.media.folder import Folder

HOME, WORK = Path(sys.argv[1]), sys.argv[2]
STEPS = ("fchmod", "fsync", "mkdir", "replace", "sendfile")
WHOLE, NAME = b"pixels" * 1000, names.original("ab" * 32, "png")
ANSWER = Answer(200, WHOLE, {"content-type": "application/json"})
KEY = "00000000-0000-4000-8000-000000000001"
settings.configure(DATA=HOME / "data", STORAGE=HOME / "data" / "media")


def keep() -> None:
    with staging.desk() as desk:
        (desk / "picture").write_bytes(WHOLE)
        work = staging.carry if WORK == "carry" else staging.put
        work(desk / "picture", settings.STORAGE, NAME)


def write() -> None:
    spool.write(KEY, ANSWER)


def seen() -> object:
    if WORK == "spool":
        return [spool.read(key) for key in spool.keys()]  # noqa: SIM118  # it is no dictionary
    return [Folder(settings.STORAGE).open(found.name).read() for found in Folder(settings.STORAGE).kept("o")]


def die_at(last: int) -> None:
    left = iter(range(last))

    def dying(step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            if next(left, None) is None:
                os._exit(9)
            return step(*given, **named)

        return stepped

    for name in STEPS:
        setattr(os, name, dying(getattr(os, name)))


def main() -> None:
    work, whole = (write, [ANSWER]) if WORK == "spool" else (keep, [WHOLE])
    for last in count():
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir()
        child = os.fork()
        if not child:
            die_at(last)
            work()
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        assert seen() in ([], whole), f"half of it was seen after step {last}"
        if os.waitstatus_to_exitcode(status) == 0:
            assert seen() == whole
            break
        work()
        assert seen() == whole, f"it could not be done again after step {last}"
        assert staging.sweep(older=-1) <= 2
    sys.stdout.write(str(last))


if __name__ == "__main__":
    main()
