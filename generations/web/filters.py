"""What somebody wants to see, as it stands in the address. Whatever else stands there is not read."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from generations.catalogue.sizes import RATIOS
from generations.models import Dialect, Review, User
from generations.search import facets
from generations.search.find import word
from generations.search.words import MOST_TYPED, Phrase, asked

TIERS = ("1K", "1.5K", "2K", "3K", "4K")
ENGINE = re.compile(r"[a-z0-9][a-z0-9./-]{0,79}")  # also one that has left the catalogue
YEARS = range(2000, 3000)
NOTHING = [Phrase(("=",))]  # found nowhere


@dataclass(frozen=True)
class Filter:
    whose: str = ""  # mine; otherwise the team's
    person: int | None = None
    engine: str = ""
    provider: str = ""
    ratio: str = ""
    tier: str = ""
    promise: str = ""  # kept, broken
    review: str = ""  # where it stands
    starred: bool = False
    rating: int | None = None  # at least
    references: bool = False
    flagged: bool = False  # by the provider's content filter
    since: date | None = None
    until: date | None = None
    q: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> Self:
        return cls(
            whose=one_of(given, "whose", ["mine"]),
            person=number(given, "person", 2**31),
            engine=found[0] if (found := ENGINE.fullmatch(given.get("engine", ""))) else "",
            provider=one_of(given, "provider", Dialect.values),
            ratio=one_of(given, "ratio", RATIOS),
            tier=one_of(given, "tier", TIERS),
            promise=one_of(given, "promise", ["kept", "broken"]),
            review=one_of(given, "review", Review.values),
            starred=bool(given.get("starred")),
            rating=number(given, "rating", 5),
            references=bool(given.get("references")),
            flagged=bool(given.get("flagged")),
            since=date_in(given, "since"),
            until=date_in(given, "until"),
            q=given.get("q", "").replace("\0", "")[:MOST_TYPED].strip(),
        )

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What is set, as the address says it."""
        every = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: "1" if value is True else str(value) for name, value in every if value}

    @cached_property
    def query(self) -> str:
        return urlencode(self.chosen)

    def without(self, *names: str) -> Self:
        return self.with_(**{one.name: one.default for one in fields(self) if one.name in names})

    def with_(self, **changes: object) -> Self:
        return replace(self, **changes)  # type: ignore[arg-type]

    def parts(self, user: User) -> list[list[Phrase]]:
        """Everything of it that is one word of the index or several."""
        names = {
            facets.by(user.pk): self.whose,
            facets.by(self.person or 0): self.person,
            facets.engine(self.engine): self.engine,
            facets.provider(self.provider): self.provider,
            facets.ratio(self.ratio): self.ratio,
            facets.tier(self.tier): self.tier,
            facets.KEPT if self.promise == "kept" else facets.BROKEN: self.promise,
            facets.review(self.review): self.review,
            facets.starred(user.pk): self.starred,
            facets.rated(user.pk, self.rating or 0): self.rating,
            facets.REFERENCED: self.references,
            facets.FLAGGED: self.flagged,
        }
        typed = [[phrase] for phrase in asked(self.q)] or ([NOTHING] if self.q else [])
        return [[word(name)] for name, wanted in names.items() if wanted] + typed


def one_of(given: QueryDict, name: str, known: "list[str] | tuple[str, ...]") -> str:
    value = given.get(name, "")
    return value if value in known else ""


def number(given: QueryDict, name: str, most: int) -> int | None:
    """Between 1 and the most; what is beyond is brought back, and what is no number is none."""
    text = given.get(name, "")
    return max(1, min(int(text[:20]), most)) if re.fullmatch("[0-9]+", text) else None


def date_in(given: QueryDict, name: str) -> date | None:
    try:
        found = date.fromisoformat(given.get(name, ""))
    except ValueError:
        return None
    return found if found.year in YEARS else None
