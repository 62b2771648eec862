"""What changed between two prompts, word by word. Chinese has no spaces: there every character is a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CHARACTER = "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
WORD = re.compile(rf"\s*(?:{CHARACTER}|[^\W{CHARACTER[1:-1]}]+|[^\w\s])|\s+$")
MANY = 400  # words from which common ones no longer hold two texts together: comparing all with all would take too long


@dataclass(frozen=True)
class Piece:
    text: str
    same: bool


def differ(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Each text in pieces: what both have, and what only it has."""
    one, two = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, plain(one), plain(two), autojunk=max(len(one), len(two)) > MANY)
    steps = matcher.get_opcodes()
    return list(pieces(one, [(a, b, tag == "equal") for tag, a, b, _c, _d in steps])), list(
        pieces(two, [(c, d, tag == "equal") for tag, _a, _b, c, d in steps])
    )


def plain(words: list[str]) -> list[str]:
    """Spaces in front of a word are shown, but make no difference."""
    return [word.strip() for word in words]


def pieces(words: list[str], steps: list[tuple[int, int, bool]]) -> Iterator[Piece]:
    yield from (Piece("".join(words[start:end]), same) for start, end, same in steps if start < end)
