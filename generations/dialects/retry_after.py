"""How long a provider asks us to wait: in seconds or as a date, and whatever else has been seen in that header."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LEAST, MOST = 1.0, 600.0
SECONDS = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?")


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds, from one to ten minutes; None if nothing sensible is said. A date is measured by the provider's own clock if it tells."""
    said = headers.get("retry-after", "").strip()[:700]
    if SECONDS.fullmatch(said):
        return min(max(float(said), LEAST), MOST)
    until = moment(said)
    if until is None:
        return None
    start = moment(headers.get("date", "")[:100]) or now or datetime.now(UTC).timestamp()
    return min(max(until - start, LEAST), MOST)


def moment(date: str) -> float | None:
    try:
        found = parsedate_to_datetime(date)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
