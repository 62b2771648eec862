"""What a page of the feed shows already. It says so with every poll, so that an unchanged feed costs one look into an index.

The page lists its cards by number and state: the newest ones all, the older ones as far as they may still change. No clock and no
“highest number so far” is trusted: rows of two transactions may appear in another order than their numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from generations.compose.line import Place, line
from generations.models import Generation, Status
from generations.models.generations import GenerationSet

WINDOW = 24  # cards of a page; so many of the newest are watched whatever their state
MOST = 200  # cards that a page may list
NEW = 48  # more new ones than this are not put on top: the whole feed is drawn again
ONE = re.compile(r"(\d{1,18})\.([0-9a-z.]{1,40})")


@dataclass(frozen=True)
class Seen:
    newest: Mapping[int, str] = field(default_factory=dict)
    older: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, tag: str) -> Self:
        """From the page's If-None-Match; whatever is not ours reads as nothing seen."""
        newest, _semicolon, older = tag.strip('"').partition(";")
        return cls(states(newest), states(older))

    @property
    def floor(self) -> int:
        """The oldest of the newest; a page with fewer than a window's worth shows everything there is."""
        return min(self.newest) if len(self.newest) >= WINDOW else 0


@dataclass(frozen=True)
class News:
    changed: list[int]
    fresh: list[int]

    @property
    def flood(self) -> bool:
        return len(self.fresh) > NEW


def states(text: str) -> dict[int, str]:
    found = (ONE.fullmatch(one) for one in text.split(" ")[:MOST])
    return {int(one[1]): one[2] for one in found if one}


def news(view: GenerationSet, seen: Seen) -> News:
    now = now_shown(view, seen)
    known = {**seen.newest, **seen.older}
    changed = [pk for pk, state in now.items() if pk in known and known[pk] != state]
    return News(changed, [pk for pk in now if pk not in known])


def now_shown(view: GenerationSet, seen: Seen) -> dict[int, str]:
    """One query; and two more when something on the page stands in line."""
    rows = watched(view, seen)
    waiting = {account for _pk, _version, status, account in rows if status == Status.QUEUED}
    places = line(waiting) if waiting else {}
    return {pk: state(pk, version, places) for pk, version, _status, _account in rows}


def watched(view: GenerationSet, seen: Seen) -> list[tuple[int, int, str, int]]:
    """Two questions in one statement: joined by OR, SQLite would look through the whole history."""
    plain = ("pk", "version", "status", "account_id")
    recent = view.order_by().filter(pk__gte=seen.floor).values_list(*plain)
    older = view.order_by().filter(pk__in=list(seen.older)).values_list(*plain)
    found = recent.union(older, all=True) if seen.older else recent
    return list(found[: MOST + NEW + 1])


def state(pk: int, version: int, places: Mapping[int, Place]) -> str:
    """Of one card, as far as it can be seen. A place in line changes without its row."""
    return f"{version}.{places[pk]}" if pk in places else str(version)


def state_of(generation: Generation, places: Mapping[int, Place]) -> str:
    return f"{generation.pk}.{state(generation.pk, generation.version, places)}"
