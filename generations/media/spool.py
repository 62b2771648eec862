"""What came from a provider, before anybody has understood it: the most precious files of the studio.

Kept until all of it is in the store. Nothing here looks into a body, so that no fault of a reader can cost what was paid for.
"""

import json
from pathlib import Path
from uuid import UUID

from django.conf import settings

from generations.dialects.wire import Answer
from generations.media import staging
from generations.media.still import clearing


def write(key: str, answer: Answer) -> None:
    """Status and headers in the first line, then the body as it came. On the disk when this returns."""
    with staging.desk() as desk:
        draft = desk / "answer"
        with draft.open("wb") as file:
            file.write(json.dumps({"status": answer.status, "headers": dict(answer.headers)}).encode() + b"\n")
            file.write(answer.body)
        staging.put(draft, folder(), place(key).name)


def read(key: str) -> Answer | None:
    try:
        with place(key).open("rb") as file:
            head = json.loads(file.readline())
            return Answer(head["status"], file.read(), head["headers"])
    except FileNotFoundError:
        return None


def keys() -> list[str]:
    return sorted(path.stem for path in folder().glob("*.answer"))


def hold(key: str, index: int, staged: Path) -> Path:
    """A picture that was fetched, until the store takes it: its link may be dead by then."""
    held = picture(key, index)
    staging.put(staged, folder(), held.name)
    return held


def held(key: str, index: int) -> Path | None:
    path = picture(key, index)
    return path if path.exists() else None


def drop(key: str) -> None:
    """Everything under this key, the answer last: while it is there, its pictures are asked for again. During a backup it stays."""
    with clearing() as may:
        if may:
            for path in folder().glob(f"{UUID(key)}.*.picture"):
                path.unlink(missing_ok=True)
            place(key).unlink(missing_ok=True)


def place(key: str) -> Path:
    return folder() / f"{UUID(key)}.answer"


def picture(key: str, index: int) -> Path:
    return folder() / f"{UUID(key)}.{index:d}.picture"


def folder() -> Path:
    """It may be a disk of its own, which several nodes share."""
    return settings.DATA / "spool"
