"""Which list somebody looks through and what of it, as the address says it. Whatever else stands there is not read."""

import re
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from generations.models import Review

LISTS = ("waiting", "decided", "mine")
VERDICTS = (Review.APPROVED.value, Review.REJECTED.value, Review.CHANGE.value)
ENGINE = re.compile(r"[a-z0-9][a-z0-9./-]{0,79}")


@dataclass(frozen=True)
class Chosen:
    list: str = "waiting"
    verdict: str = ""  # among what was decided
    person: int | None = None  # whose image it is
    engine: str = ""
    broken: bool = False
    flagged: bool = False  # by the provider's content filter
    late: bool = False

    @classmethod
    def read(cls, given: QueryDict) -> Self:
        person, engine = given.get("person", ""), given.get("engine", "")
        which = given.get("list", "") if given.get("list") in LISTS else "waiting"
        return cls(
            list=which,
            verdict=given.get("verdict", "") if which == "decided" and given.get("verdict") in VERDICTS else "",
            person=min(int(person[:10]), 2**31 - 1) if re.fullmatch("[0-9]+", person) else None,
            engine=engine if ENGINE.fullmatch(engine) else "",
            broken=bool(given.get("broken")),
            flagged=bool(given.get("flagged")),
            late=bool(given.get("late")),
        )

    @cached_property
    def said(self) -> dict[str, str]:
        """What is chosen, by its name in the address."""
        every = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: "1" if value is True else str(value) for name, value in every if value and (name, value) != ("list", "waiting")}

    @property
    def query(self) -> str:
        return urlencode(self.said)

    @property
    def filters(self) -> int:
        return len(self.said.keys() - {"list"})

    @property
    def bare(self) -> Self:
        """The whole list."""
        return type(self)(list=self.list)


def number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
