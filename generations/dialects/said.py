"""Somebody else's words, fit to be shown and stored: short, on one line, and without a key in them."""

import re
import unicodedata

MOST = 300
LOOKED_AT = 4000
HIDDEN = "***"
NAMES = r"api[_ -]?key|access[_ -]?key|secret|passw(?:or)?d|\btoken|authorization|signature"
# Ids of requests and tasks and names of engines look like keys, and are what people ask about.
KNOWN = r"(?<!request id: )(?<!request_id: )(?<!requestid: )(?!task_|req_|doubao-|dola-|seed)"
SECRETS = [
    re.compile(r"(?i)(\bbearer\s+)[^\s,;\"']{4,}"),
    re.compile(rf"(?i)((?:{NAMES})[\"']?\s*(?:[:=]|\bis\b)\s*[\"']?)[^\s,;\"'&]{{6,}}"),
    re.compile(r"\b((?:sk|pk|ak|rk)[-_])[\w-]{6,}"),
    re.compile(r"\b((?:AKIA|AKLT|AKTP))[\w=]{8,}"),
    re.compile(rf"(?i){KNOWN}(?<![\w-])()(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{{32,}}"),
]
TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def bounded(words: str, most: int = MOST) -> str:
    if len(words) > LOOKED_AT:
        words = words[:LOOKED_AT].rpartition(" ")[0] or words[:most]  # half a key is not recognised as one
    words = " ".join("".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in words).split())
    for secret in SECRETS:
        words = secret.sub(rf"\1{HIDDEN}", words)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def page(body: bytes) -> str:
    """What an error page says, for people."""
    written = body[:LOOKED_AT].decode(errors="replace")
    title = TITLE.search(written)
    return bounded(title[1] if title else TAG.sub(" ", written))
