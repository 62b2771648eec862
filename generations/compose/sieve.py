"""Which requests of a feed somebody wants to see: how they stand, with which engine, and whose. It stands in the address."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from generations.catalogue import ENGINES
from generations.models import Dialect, Status, Team
from generations.models.generations import GenerationSet
from generations.web.facts import engine_name

NAMES = ("status", "engine", "person")
MOST = 100  # people to choose from


@dataclass(frozen=True)
class Sieve:
    status: str = ""
    engine: str = ""
    person: str = ""  # a number

    @classmethod
    def read(cls, given: QueryDict, whose: str) -> Self:
        """What is no choice chooses nothing, and one's own are only one person's."""
        status, engine, person = (given.get(name, "") for name in NAMES)
        is_number = whose == "team" and person.isascii() and person.isdecimal() and len(person) < 10
        known = engine if engine in ENGINES else ""
        return cls(status if status in Status.values else "", known, person if is_number else "")

    @classmethod
    def named(cls, given: QueryDict) -> bool:
        """Whether an address speaks of it at all."""
        return any(name in given for name in NAMES)

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def pick(self, found: GenerationSet) -> GenerationSet:
        wanted: dict[str, Any] = {"user" if name == "person" else name: value for name, value in self.chosen.items()}
        return found.filter(**wanted)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Menu:
    name: str
    label: str
    any: str
    groups: list[tuple[str, list[Option]]]

    @property
    def chosen(self) -> str:
        return next((one.label for _name, options in self.groups for one in options if one.chosen), "")


@dataclass(frozen=True)
class Menus:
    """What there is to choose, and how to take it back."""

    sieve: Sieve
    team: Team
    whose: str

    @cached_property
    def all(self) -> list[Menu]:
        found = [
            Menu("status", _("State"), _("Any state"), [("", self.options("status", Status.choices))]),
            Menu("engine", _("Engine"), _("Any engine"), list(self.engines())),
        ]
        return [*found, Menu("person", _("Person"), _("Anybody"), [("", self.people())])] if self.whose == "team" else found

    def engines(self) -> Iterator[tuple[str, list[Option]]]:
        for dialect in Dialect:
            mine = [(id, engine_name(id)) for id in ENGINES if id.startswith(f"{dialect}/")]
            if mine:
                yield str(dialect.label), self.options("engine", mine)

    def people(self) -> list[Option]:
        members = self.team.members.order_by("name", "pk").values_list("pk", "name")[:MOST]
        return self.options("person", [(str(pk), name) for pk, name in members])

    def options(self, name: str, values: "list[tuple[str, Any]]") -> list[Option]:
        wanted = getattr(self.sieve, name)
        return [Option(value, str(label), value == wanted) for value, label in values]

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """Each choice, and the address without it."""
        chosen = self.sieve.chosen
        without = {name: urlencode({"whose": self.whose, **{k: v for k, v in chosen.items() if k != name}}) for name in chosen}
        return [(menu.chosen or _("Somebody else"), without[menu.name]) for menu in self.all if menu.name in chosen]
