"""The list of models, where the real provider has one. It is how an administrator's key is tried."""

from collections.abc import Iterator

from generations.catalogue import ENGINES, Engine
from generations.dialects.dialect import Dialect
from generations.sandbox.counter import door
from generations.sandbox.counter.receive import passed
from generations.sandbox.wire import Answer, Request, say
from generations.sandbox.world import World

BORN = 1_767_225_600  # 2026


def menu(world: World, dialect: Dialect, request: Request) -> Answer:
    if trouble := door.closed(door.key(request.headers, dialect.NAME), buys=False):
        return passed(dialect.write_answer(None, trouble, int(world.now())))
    return say(200, {"object": "list", "data": list(entries(dialect.NAME))})


def entries(dialect: str) -> Iterator[dict[str, object]]:
    """Engines that share a name are one entry."""
    named = {engine.wire_id: engine for engine in ENGINES.values() if engine.dialect == dialect}
    for wire_id, engine in named.items():
        entry: dict[str, object] = {"id": wire_id, "object": "model", "created": BORN, "owned_by": "sandbox"}
        yield {**entry, **ark(engine)} if dialect == "ark" else entry


def ark(engine: Engine) -> dict[str, object]:
    return {"name": engine.name, "domain": "ImageGeneration", "status": "Retiring" if engine.ends else ""}
