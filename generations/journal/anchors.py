"""Once a day the newest line is noted outside the database.

Whoever can write to the database can cut lines off the end, or write the whole chain anew, and it would still fit together.
It would not fit what was noted. Copies of the file elsewhere, and the log, are out of reach even of who has this machine.
"""

import logging
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from generations.journal.chain import head

NOTE = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,19}) ([0-9a-f]{64})")

log = logging.getLogger("studio.journal")


@dataclass(frozen=True)
class Anchor:
    day: str
    line: int
    hash: str


def anchor() -> None:
    """Costs a look at the file's date when today's note is there already."""
    file, today = place(), datetime.now(UTC).date()
    if file.exists() and datetime.fromtimestamp(file.stat().st_mtime, UTC).date() == today:
        return
    if newest := head():
        note = f"{today} {newest[0]} {newest[1]}"
        with file.open("a", encoding="ascii") as out:
            out.write(f"{note}\n")
            out.flush()
            os.fsync(out.fileno())
        log.info("The newest line of the journal: %s", note)


def noted() -> dict[int, Anchor]:
    """By line. Where a line was noted more than once, the first note counts. Half a note, after a power cut, is none."""
    file = place()
    found: dict[int, Anchor] = {}
    for text in file.read_text(encoding="ascii", errors="replace").splitlines() if file.exists() else []:
        if match := NOTE.fullmatch(text):
            number = int(match[2])
            found.setdefault(number, Anchor(match[1], number, match[3]))
    return found


def place() -> Path:
    return Path(settings.DATA) / "journal.anchor"
