"""What changed between two prompts, word by word. Chinese has no spaces: there every character is a word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

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
    sames = [tag == "equal" and speaks(one[start:end]) for tag, start, end, _c, _d in steps]
    firsts = [(one[start:end], same) for (_tag, start, end, _c, _d), same in zip(steps, sames, strict=True)]
    seconds = [(two[start:end], same) for (_tag, _a, _b, start, end), same in zip(steps, sames, strict=True)]
    return pieces(firsts), pieces(seconds)


def plain(words: list[str]) -> list[str]:
    """Spaces in front of a word are shown, but make no difference."""
    return [word.strip() for word in words]


def speaks(words: list[str]) -> bool:
    """A comma that stayed between words that changed is nothing that stayed."""
    return any(sign.isalnum() for word in words for sign in word)


def pieces(parts: list[tuple[list[str], bool]]) -> list[Piece]:
    joined = ((same, "".join(word for words, _same in group for word in words)) for same, group in groupby(parts, key=lambda part: part[1]))
    return [Piece(text, same) for same, text in joined if text]
