"""Figures, times and other people's texts, as every page shows them."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format

NO_BREAK = "\N{NO-BREAK SPACE}"
UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"))
# control characters, and those that turn the direction of everything after them
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """With what nobody could see written out; lines stay lines."""
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))


def short(text: str, most: int) -> str:
    """On one line, for names of pictures and headings."""
    line = visible(" ".join(text[: most * 2].split()))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def moment(at: datetime) -> str:
    """The time of today, the date and time of other days."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return date_format(local, "TIME_FORMAT")
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {date_format(local, 'TIME_FORMAT')}"


def pixels(width: int | None, height: int | None) -> str:
    return f"{width}{NO_BREAK}×{NO_BREAK}{height}" if width and height else "–"


def megapixels(width: int | None, height: int | None) -> str:
    return f"{number_format((width or 0) * (height or 0) / 1_000_000, 1)}{NO_BREAK}MP"


def size(count: int | None) -> str:
    """Of a file, or of many: 3.1 MB, 840 KB, 38.2 GB."""
    if count is None:
        return "–"
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}{NO_BREAK}KB"
    unit, letter = next(((unit, letter) for unit, letter in UNITS if count >= unit))
    return f"{number_format(count / unit, 1)}{NO_BREAK}{letter}"
