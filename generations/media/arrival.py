"""A file becomes a picture of ours: looked at, hashed, made smaller, put away. Safe in many threads; no database."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from generations.media import colour, derive, look, memory, names
from generations.media.look import Facts
from generations.media.names import Name
from generations.media.store import store

memory.give_back()
# More at once would share the same cores, and take the memory of one picture each.
DESKS = BoundedSemaphore(os.cpu_count() or 1)


@dataclass(frozen=True)
class Taken:
    """What came of a picture. Its files are still staged: `put_away` keeps them."""

    facts: Facts
    sha256: str
    placeholder: str
    path: Path
    derived: dict[int, Path]


def take_in(staged: Path, most_pixels: int = look.RETURNED) -> Taken:
    """As it came from a provider: the file stays as it is, and all of it is decoded once. Raises NotAPicture."""
    with DESKS, look.opened(staged, most_pixels) as image:
        size = image.size
        image.draft(None, derive.within(size, derive.LARGEST))  # a JPEG can be decoded smaller; every byte of it is still read
        look.decode(image)
        turn = colour.turn_of(image)
        small = colour.plain(derive.fitted(colour.smooth(image), derive.LARGEST))
        derived, placeholder = derive.shrink(colour.turned(small, turn), staged)
        facts = Facts(str(image.format).lower(), *colour.size_seen(size, turn), staged.stat().st_size)
    return Taken(facts, sha256(staged), placeholder, staged, derived)


def put_away(taken: Taken, place: Callable[[str, str], Name] = names.original) -> None:
    """The picture itself last: where it is, its smaller copies are too. After an OSError it is still staged, to be taken in anew."""
    for side, path in taken.derived.items():
        store().keep(path, names.derived(taken.sha256, side))
    store().keep(taken.path, place(taken.sha256, taken.facts.format))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
