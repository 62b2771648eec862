"""Where a file lies in the store. Names are made here and nowhere else, from a hash: no text of a person ever becomes a path."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

Name = NewType("Name", str)

SIDES = (320, 640, 1280)  # the longest side of what is derived
EXTENSIONS = {"png": "png", "jpeg": "jpg", "webp": "webp"}
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
LONGEST = 120


@dataclass(frozen=True)
class Kept:
    """A file as the store lists it."""

    name: Name
    bytes: int
    changed: datetime


def original(sha256: str, format: str) -> Name:
    """A picture that came back, byte for byte as it came."""
    return Name(f"o/{spread(sha256)}.{EXTENSIONS[format]}")


def reference(sha256: str, format: str) -> Name:
    """A picture that goes in, cleaned."""
    return Name(f"r/{spread(sha256)}.{EXTENSIONS[format]}")


def derived(sha256: str, side: int) -> Name:
    """The picture with this hash, smaller. There is one for every side, also of pictures that are no larger."""
    if side not in SIDES:
        raise ValueError(f"no side of {side} is kept")
    return Name(f"d/{side}/{spread(sha256)}.webp")


def aside(name: Name) -> Name:
    """Where a damaged file is put, out of everybody's sight but not thrown away."""
    return Name(f"q/{name}")


def spread(sha256: str) -> str:
    """Two levels of folders, so that none grows long."""
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError("not a SHA-256 in small letters")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def type_of(name: Name) -> str:
    return TYPES[name.rpartition(".")[2]]


def shown(text: str) -> str:
    """What somebody called a file, fit to be shown: one line, no path, nothing that turns the rest of the line around."""
    last = unicodedata.normalize("NFC", text).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split()).lstrip(".- ")[:LONGEST].rstrip()
