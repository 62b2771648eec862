"""What a page of the feed shows already. It says so with every poll, so that an unchanged feed costs one look into an index.

The page lists its cards by number and state: the newest ones all, the older ones as far as they may still change; and how many run. No
clock and no “highest number so far” is trusted: rows of two transactions may appear in another order than their numbers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Q

from generations.compose.line import Place, line
from generations.compose.sieve import Sieve
from generations.compose.tally import Tally
from generations.compose.watched import BEYOND, ROWS, Onlooker, Row, watched
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
    tally: str = ""

    @classmethod
    def read(cls, tag: str) -> Self:
        """From the page's If-None-Match; whatever is not ours reads as nothing seen."""
        newest, older, tally = (*tag.strip('"').split(";"), "", "")[:3]
        return cls(states(newest), states(older), tally)

    @property
    def known(self) -> dict[int, str]:
        return {**self.older, **self.newest}

    @property
    def floor(self) -> int:
        """The oldest of the newest; a page with fewer than a window's worth shows everything there is."""
        return min(self.newest) if len(self.newest) >= WINDOW else 0


@dataclass(frozen=True)
class News:
    changed: list[int]
    fresh: list[int]
    counted: bool = False  # another number runs, though perhaps nothing of it is on the page

    def __bool__(self) -> bool:
        return bool(self.changed or self.fresh or self.counted)

    @property
    def flood(self) -> bool:
        return len(self.fresh) > NEW


def states(text: str) -> dict[int, str]:
    found = (ONE.fullmatch(one) for one in text.split(" ")[:MOST])
    return {int(one[1]): one[2] for one in found if one}


def news(onlooker: Onlooker, seen: Seen, before: int | None = None) -> News:
    """One query; and two more when something on the page stands in line. A page may show only what is older than `before`."""
    known, floor = seen.known, seen.floor
    rows = watched(onlooker, floor, before, seen.older)
    shown = [row for row in rows.values() if row.pk in known or floor <= row.pk < (before or BEYOND)]
    return told(shown, known, seen.tally not in ("", Tally.count(row.status for row in rows.values()).mark))


def sifted(whole: GenerationSet, sieve: Sieve, seen: Seen, before: int | None = None) -> News:
    """The same of a part of the feed. What has left that part since stays on the page until it is opened anew."""
    mine = Q(pk__in=list(seen.known)) | Q(pk__in=sieve.pick(whole).filter(pk__gte=seen.floor, pk__lt=before or BEYOND).values("pk"))
    rows = whole.filter(mine).order_by("-pk").values_list("pk", "version", "status", "account_id")
    shown = [Row(*row) for row in rows[:ROWS]]
    return told(shown, seen.known, seen.tally not in ("", Tally.of(whole).mark))


def told(shown: Sequence[Row], known: Mapping[int, str], counted: bool) -> News:
    waiting = {row.account for row in shown if row.status == Status.QUEUED}
    places = line(waiting) if waiting else {}
    changed = [row.pk for row in shown if row.pk in known and known[row.pk] != state(row.pk, row.version, places)]
    fresh = [row.pk for row in shown if row.pk not in known]
    return News(changed, fresh, counted)


def state(pk: int, version: int, places: Mapping[int, Place]) -> str:
    """Of one card, as far as it can be seen. A place in line changes without its row."""
    return f"{version}.{places[pk]}" if pk in places else str(version)


def state_of(generation: Generation, places: Mapping[int, Place]) -> str:
    return f"{generation.pk}.{state(generation.pk, generation.version, places)}"
