"""Every engine the studio knows, as data. Which of them can be used is the administrator's: it takes an account."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from types import MappingProxyType

from generations.catalogue import anyfast, apimart, ark, gateway, tensorslab
from generations.catalogue.engine import Engine

__all__ = ["ENGINES", "Engine", "by_wire_id", "get_engine", "replacement"]

PROVIDERS = (tensorslab, apimart, anyfast, gateway, ark)
CARELESS = ("apimart",)  # seed document 002 lists its own name with and without capitals

ENGINES: Mapping[str, Engine] = MappingProxyType({engine.id: engine for provider in PROVIDERS for engine in provider.ENGINES})


def get_engine(id: str) -> Engine | None:
    return ENGINES.get(id)


def by_wire_id(dialect: str, wire_id: str, references: int | None = None) -> Engine | None:
    """Whose name on the wire this is. Two engines may share one: then it is the one that takes so many references."""
    found = WIRE.get((dialect, plain(dialect, wire_id)), [])
    fitting = [engine for engine in found if references is None or engine.references.fit(references)]
    return next(iter(fitting or found), None)


def replacement(id: str) -> Engine | None:
    """What to offer where a stored request names an engine that ends or is unknown: its successor, or the nearest name."""
    if engine := ENGINES.get(id):
        return ENGINES.get(engine.successor)
    dialect, _, name = id.partition("/")
    lasting = [engine for engine in ENGINES.values() if not engine.ends]
    return max(lasting, key=lambda near: (near.dialect == dialect, alike(name, near.id.partition("/")[2])))


def alike(one: str, other: str) -> int:
    """How many letters they begin with in common."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def plain(dialect: str, wire_id: str) -> str:
    return wire_id.lower() if dialect in CARELESS else wire_id


def by_name(engines: Iterable[Engine]) -> dict[tuple[str, str], list[Engine]]:
    names: dict[tuple[str, str], list[Engine]] = {}
    for engine in engines:
        for name in (engine.wire_id, *engine.aliases):
            names.setdefault((engine.dialect, plain(engine.dialect, name)), []).append(engine)
    return names


WIRE = by_name(ENGINES.values())
