"""Text as words that Chinese and English find alike: Latin by the beginning of a word, Chinese by any characters in a row."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 40  # letters of a word that count
MOST_WORDS = 12_000  # of a prompt; more than any engine takes
MOST_TYPED = 200  # letters of a question
MOST_ASKED = 12  # words of a question

MARKS = re.compile("[\u0300-\u036f]")  # accents: café is found by cafe
CJK = "\u3005\u3006\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|[^\W_{CJK}]+")


@dataclass(frozen=True)
class Phrase:
    """Words that stand in a row; of the last one the beginning is enough where `begins` says so."""

    words: tuple[str, ...]
    begins: bool = False


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))).casefold()


def split(text: str) -> list[str]:
    """The words under which a text is found."""
    found: list[str] = []
    for run in RUN.finditer(plain(text)):
        found += [*pairs(run[0]), run[0][-1]] if run["cjk"] else [run[0][:LONGEST]]
        if len(found) >= MOST_WORDS:
            break
    return found[:MOST_WORDS]


def pairs(run: str) -> list[str]:
    """Chinese has no spaces: every two characters in a row are a word."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def asked(text: str) -> list[Phrase]:
    """What somebody typed; every phrase of it has to be there."""
    runs = RUN.finditer(plain(text[:MOST_TYPED]))
    return [phrase(run[0], bool(run["cjk"])) for run, _place in zip(runs, range(MOST_ASKED), strict=False)]


def phrase(run: str, cjk: bool) -> Phrase:
    if not cjk:
        return Phrase((run[:LONGEST],), begins=len(run) < LONGEST)
    return Phrase(tuple(pairs(run)) or (run,), begins=len(run) == 1)
