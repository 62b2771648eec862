from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class Finding:
    """What a check found. Anybody may read the sentence, so it names no path, address or error text: those stand in the fix."""

    subject: str
    state: State
    sentence: str
    fix: str = ""


def ok(subject: str, sentence: str) -> Finding:
    return Finding(subject, "ok", sentence)


def warn(subject: str, sentence: str, fix: str) -> Finding:
    return Finding(subject, "warn", sentence, fix)


def bad(subject: str, sentence: str, fix: str) -> Finding:
    return Finding(subject, "bad", sentence, fix)
