"""Requests to begin a test with."""

from typing import Any

from generations.catalogue import Engine, get_engine
from generations.catalogue.request import GenerationRequest, Reference
from generations.catalogue.sizes import Size

PHOTO = Reference(sha256="a" * 64, format="jpeg", size=Size(1500, 1000), bytes=400_000)


def engine(id: str) -> Engine:
    found = get_engine(id)
    assert found, id
    return found


def asked(id: str, **fields: Any) -> GenerationRequest:
    """A sound request to this engine; `fields` are what the test is about."""
    chosen = engine(id)
    if fields.get("size") is None:
        ratio, tier = ("1:1", next(iter(chosen.tiers))) if chosen.tiers else ("auto", "")
        fields = {"ratio": ratio, "tier": tier, **fields}
    return GenerationRequest(**{"engine": id, "prompt": "a red kite", "references": photos(chosen.references.needed), **fields})


def photos(count: int, **fields: Any) -> tuple[Reference, ...]:
    return tuple(Reference(**{**vars(PHOTO), **fields}) for _ in range(count))
