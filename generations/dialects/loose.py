"""Reading what somebody else wrote: nothing here raises, whatever it is given. A paid answer must not be lost over a stray type."""

import json
import math
from collections.abc import Mapping
from typing import Any

MOST = 2**53  # beyond it JSON numbers are not exact
DEEPEST = 6
LONGEST = 16 * 1024  # of a link
FIGURES = 400


def read_json(body: bytes) -> Any:
    """None if it is none. NaN reads as null and a broken character as its stand-in: they are no reason to drop the rest."""
    try:
        return json.loads(body.decode(errors="replace").lstrip("\ufeff"), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def read_strictly(body: bytes) -> Any:
    """As a server reads: None for anything that is not quite JSON."""
    try:
        return json.loads(body.decode(), parse_constant=refuse)
    except (ValueError, RecursionError):
        return None


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def members(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def first(value: Any) -> Mapping[str, Any]:
    """The members of an object, or of the first object in a list."""
    return members(next(iter(value), None) if isinstance(value, list) else value)


def text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def word(value: Any) -> str:
    """A name or a number that stands for one."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)


def number(value: Any) -> float | None:
    """Also from a string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or (isinstance(value, str) and len(value) > FIGURES):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def whole(value: Any) -> int | None:
    found = number(value)
    return int(found) if found is not None and abs(found) <= MOST and found == int(found) else None


def name(value: Any) -> str:
    """Something short that is stored and shown."""
    return "".join(letter for letter in text(value)[:200] if letter.isprintable())


def links(value: Any, depth: int = 0) -> list[str]:
    """Every link in a string, a list, lists in lists, or an object with a `url`. Whether it may be followed is decided elsewhere."""
    if depth > DEEPEST:
        return []
    if isinstance(value, dict):
        return links(value.get("url"), depth + 1)
    if isinstance(value, list):
        return [link for one in value for link in links(one, depth + 1)]
    link = text(value)
    return [link] if link and link.isprintable() and (len(link) <= LONGEST or link.startswith("data:")) else []
