"""What was said between us and a provider, as far as people may read it: without keys, without pictures, without what nobody can see."""

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

from generations import vault
from generations.media import spool
from generations.models import Attempt, ProviderAccount
from generations.web.words import visible

MOST = 1_000_000  # letters
SHORTEST = 8  # letters of a key: a shorter one would blot out half of every text
BARE_KEY = re.compile(r"\b(sk-|pk-|ark-|eyJ)[\w.~+/=-]{8,}")
NAMED_KEY = re.compile(r"(?i)((?:bearer|basic)\s+|\"?(?:authorization|api[_-]?key|token|secret)\"?\s*[:=]\s*\"?)[\w.~+/=-]{8,}")
LONG_CODE = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")  # a picture, written out
HIDDEN = "•••"


def answer(attempt: Attempt) -> str:
    """What the provider said, as far as a person can read it."""
    raw = bytes(attempt.answer) if attempt.answer is not None else saved(str(attempt.key))
    text = hide(raw.decode(errors="replace"), attempt.account)
    return visible(LONG_CODE.sub(spelled, text))


def saved(key: str) -> bytes:
    """Too large for its row, or not read yet. It lies where the worker is."""
    try:
        with spool.place(key).open("rb") as file:
            file.readline()
            return file.read(MOST)
    except OSError:
        return b""


def spelled(code: re.Match[str]) -> str:
    return f"⟨{len(code[0]):,}⟩"


def hide(text: str, account: ProviderAccount) -> str:
    """No key is shown again, also where a provider repeats it."""
    for key in spellings(account):
        text = text.replace(key, HIDDEN)
    return BARE_KEY.sub(HIDDEN, NAMED_KEY.sub(rf"\1{HIDDEN}", text))


def spellings(account: ProviderAccount) -> list[str]:
    """Its key, in every way that a provider may write it down, the longest first."""
    try:
        key = account.read_key()
    except vault.Unreadable:
        return []
    if len(key) < SHORTEST:
        return []
    quoted = json.dumps(key)[1:-1]
    codes = [encode(key.encode()).decode().rstrip("=") for encode in (b64encode, urlsafe_b64encode)]
    found = {key, quoted, quoted.replace("/", "\\/"), html.escape(key), quote(key, safe=""), *codes}
    return sorted(found, key=len, reverse=True)
