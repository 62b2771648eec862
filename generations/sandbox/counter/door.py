"""Who may come in."""

from collections.abc import Mapping

from generations.dialects import faults
from generations.dialects.faults import refused
from generations.dialects.outcome import Trouble

NAKED = ("tensorslab",)  # its documents name no prefix


def key(headers: Mapping[str, str], dialect: str) -> str:
    scheme, _, rest = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    return scheme if dialect in NAKED and not rest else ""


def closed(key: str, buys: bool = True) -> Trouble | None:
    """Any key opens, unless its own text says that it should not."""
    if not key:
        return refused(faults.KEY, "No API key was given.")
    if "bad" in key:
        return refused(faults.KEY, "The API key is not valid.")
    if "broke" in key and buys:
        return refused(faults.BALANCE, "The balance is not sufficient.")
    return None
