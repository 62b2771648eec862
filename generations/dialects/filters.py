"""What a provider's own content filter said, as it said it. It is kept and shown; whether a picture comes is decided elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from generations.dialects import faults
from generations.dialects.loose import MOST, members
from generations.dialects.outcome import Finished, Item, Trouble

NAMES = ("content_filter_results", "prompt_filter_results", "revised_prompt")
MEMBERS = 30
DEEPEST = 4
LONGEST = 4000  # letters of one text
LARGEST = 64 * 1024  # letters of everything that an attempt keeps
HELD_BACK = {sentence for fault in (faults.WORDS, faults.PICTURE, faults.RESULT) for sentence in (fault.sentence, fault.taken)}

RESULTS = ("content_filter_results", "prompt_filter_results")
SAFE = ("", "safe", "none")

Said = Mapping[str, Any]


def read_filters(value: Any) -> Said | None:
    """Of an answer or of one picture in it. New-api writes what is unused as empty."""
    found = {name: fit(members(value)[name]) for name in NAMES if members(value).get(name)}
    return {name: said for name, said in found.items() if said} or None


def fit(value: Any, depth: int = 0) -> Any:
    """Small, and of nothing that a database would not take."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, bool) or value is None or (isinstance(value, int | float) and abs(value) <= MOST):
        return value
    if depth > DEEPEST or not isinstance(value, list | dict):
        return None
    if isinstance(value, list):
        return [fit(one, depth + 1) for one in value[:MEMBERS]]
    return {sound(name): fit(one, depth + 1) for name, one in list(value.items())[:MEMBERS]}


def sound(text: str) -> str:
    return text[:LONGEST].replace("\0", "").encode(errors="ignore").decode()


def told(finished: Finished) -> dict[str, Any] | None:
    """All of it, picture by picture in their order, with what was held back. As much as fits is kept."""
    data = [about(item) for item in finished.items]
    while any(data) and len(json.dumps(data)) > LARGEST:
        data.pop()
    found = {**(finished.filters or {}), **({"data": data} if any(data) else {})}
    return found if found and len(json.dumps(found)) <= 2 * LARGEST else None


def flagged(kept: Said | None, index: int) -> bool:
    """Whether it found anything that matters to one picture: in it, in its prompt, or in another of the same request."""
    data = (kept or {}).get("data") or []
    mine = data[index] if index < len(data) else {}
    results = (results_of(name, mine, kept or {}) for name in RESULTS)
    return any("error" in one for one in data) or any(struck(one) for found in results for one in found.values())


def results_of(name: str, mine: Said, whole: Said) -> Said:
    """What it said of one picture counts before what it said of all."""
    return next((told[name] for told in (mine, whole) if isinstance(told.get(name), Mapping)), {})


def struck(result: Any) -> bool:
    """Filters have their own ways to say yes."""
    if not isinstance(result, Mapping):
        return False
    return result.get("filtered") is True or bool(severity(result)) or result.get("detected") is True


def severity(result: Said) -> str:
    said = result.get("severity")
    return said if isinstance(said, str) and said.lower() not in SAFE else ""


def about(item: Item) -> dict[str, Any]:
    return {**(item.filters or {}), **({"error": complaint(item.trouble)} if item.trouble and item.trouble.sentence in HELD_BACK else {})}


def complaint(trouble: Trouble) -> dict[str, str]:
    return {"code": trouble.code, "message": trouble.said}
