"""A file becomes a picture of ours: looked at, hashed, made smaller, put away. Safe in many threads; no database."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from generations.media import colour, derive, disk, look, memory, names
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
    """As it came from a provider: the file stays as it is, and all of it is decoded once. Raises NotAPicture.

    Somebody waits for it, so two more hands help: they write what is ready, the file first, and make half of the largest copy.
    """
    with DESKS, look.opened(staged, most_pixels) as image, ThreadPoolExecutor(2) as hands:
        work: list[Future[None]] = [hands.submit(disk.flush, staged)]
        size = image.size
        image.draft(None, derive.within(size, derive.LARGEST))  # a JPEG can be decoded smaller; every byte of it is still read
        look.decode(image)
        turn = colour.turn_of(image)
        small = colour.plain(derive.fitted_at_once(colour.smooth(image), derive.LARGEST, hands))
        derived, placeholder = derive.shrink(colour.turned(small, turn), staged, lambda one: work.append(hands.submit(one)))
        facts = Facts(str(image.format).lower(), *colour.size_seen(size, turn), staged.stat().st_size)
        taken = Taken(facts, sha256(staged), placeholder, staged, derived)
        for one in work:
            one.result()
    return taken


def put_away(taken: Taken, place: Callable[[str, str], Name] = names.original) -> None:
    """The picture itself last: where it is, its smaller copies are too. After an OSError it is still staged, to be taken in anew."""
    with ThreadPoolExecutor(len(taken.derived)) as hands:
        list(hands.map(lambda side: store().keep(taken.derived[side], names.derived(taken.sha256, side)), taken.derived))
    store().keep(taken.path, place(taken.sha256, taken.facts.format))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
