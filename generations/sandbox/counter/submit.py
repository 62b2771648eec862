"""A call that costs money: refused, or taken on, written into the ledger, and answered when it is due."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from secrets import token_hex

from generations.dialects.dialect import Asked, Dialect
from generations.dialects.faults import REQUEST, refused
from generations.dialects.outcome import Accepted, Trouble
from generations.sandbox.counter import door
from generations.sandbox.counter.deliver import finished
from generations.sandbox.counter.look import Wish, look
from generations.sandbox.counter.receive import receive
from generations.sandbox.counter.visit import Visit
from generations.sandbox.ledger import Line
from generations.sandbox.links import base, links
from generations.sandbox.order import Order, digest, pieces, seconds
from generations.sandbox.sizing import pixels
from generations.sandbox.weather.choice import chosen, plain, without
from generations.sandbox.weather.refusals import TROUBLES, refusal
from generations.sandbox.weather.results import FAILED, REFUSED, altered
from generations.sandbox.weather.shapes import NEWER, reshaped
from generations.sandbox.weather.spoilers import NAMES
from generations.sandbox.wire import Answer, Later, Reply, Request
from generations.sandbox.world import Kept, World

HELLO = 0.4  # seconds until a task is named
LATE, VERY_LATE = 400, 3 * 60 * 60
PREFIXES = {"tensorslab": "tl_", "apimart": "task_"}


def submit(world: World, dialect: Dialect, request: Request) -> Reply:
    visit = Visit(world, dialect, door.key(request.headers, dialect.NAME), base(request), request.path)
    if trouble := door.closed(visit.key):
        return visit.write(None, trouble)
    received = receive(request, dialect.NAME)
    drills = chosen(received, dialect.NAME)
    asked = dialect.read_request(without(received))
    if isinstance(asked, Trouble):
        return visit.write(None, asked)
    wish = look(world, dialect.NAME, asked)
    return visit.write(asked, wish) if isinstance(wish, Trouble) else decide(visit, wish, drills)


def decide(visit: Visit, wish: Wish, drills: Mapping[str, int]) -> Reply:
    world, mark = visit.world, digest(wish.asked, wish.request)
    if name := world.first(drills, TROUBLES, mark):
        return refusal(name, visit.write(wish.asked, TROUBLES[name]), world.now())
    with world.kept.lock:  # two at once with one key are one
        if kept := world.kept.get(shelf(visit, wish)):
            return again(visit, wish, kept, mark)
        order = take(visit, wish, drills, mark)
    spoiler = world.first(drills, NAMES, mark)
    return Later(HELLO / world.speed if visit.dialect.ASKS else order.takes, partial(answer, visit, order, spoiler))


def take(visit: Visit, wish: Wish, drills: Mapping[str, int], mark: str) -> Order:
    world, asked, asks = visit.world, shaped(wish, drills), visit.dialect.ASKS
    bought = pieces(wish.request, pixels(wish.request, wish.engine), wish.engine.formats)
    order = Order(
        id=PREFIXES.get(visit.dialect.NAME, "") + token_hex(12),
        asked=asked,
        request=wish.request.with_(prompt=plain(wish.request.prompt)),
        engine=wish.engine,
        drills=drills,
        born=world.now(),
        takes=patience(drills, seconds(mark, asks), asks) / world.speed,
        pieces=altered(bought, drills),
        refused=(FAILED if asks else REFUSED) if "result-refused" in drills else None,
        sights=wish.sights,
    )
    world.orders.put(order.id, order, order.weight)
    if visit.dialect.IDEMPOTENT and asked.key:
        world.kept.put(shelf(visit, wish), Kept(mark, order.id))
    if "unpaid" not in drills and (asks or order.billed):
        world.ledger.write(line(visit, order, mark))
    return order


def shaped(wish: Wish, drills: Mapping[str, int]) -> Asked:
    inline = wish.asked.inline or any(name.startswith("b64") for name in drills)
    return replace(wish.asked, inline=inline, version=NEWER if "versioned" in drills else wish.asked.version)


def patience(drills: Mapping[str, int], usual: float, asks: bool) -> float:
    if "late" in drills:
        return VERY_LATE if asks else LATE
    return drills.get("takes", usual)


def line(visit: Visit, order: Order, mark: str) -> Line:
    return Line(
        time=order.born,
        dialect=visit.dialect.NAME,
        wire_id=order.asked.wire_id,
        images=order.request.images,
        key=visit.key[-4:],
        idempotency_key=order.asked.key,
        task=order.id if visit.dialect.ASKS else "",
        digest=mark,
        drills=list(order.drills),
        billed=order.billed,
    )


def shelf(visit: Visit, wish: Wish) -> str:
    """Where an idempotency key is kept: each customer has their own."""
    return f"{visit.dialect.NAME} {visit.key} {wish.asked.key}"


def again(visit: Visit, wish: Wish, kept: Kept, mark: str) -> Answer:
    if kept.digest != mark:
        return visit.write(wish.asked, refused(REQUEST, "The Idempotency-Key was used for another request."))
    first = visit.write(wish.asked, Accepted(kept.task))
    return replace(first, headers={**first.headers, "Idempotency-Replayed": "true"})


def answer(visit: Visit, order: Order, spoiler: str) -> Answer:
    outcome = Accepted(order.id) if visit.dialect.ASKS else finished(visit.world, order, visit.base)
    written = visit.write(order.asked, outcome)
    return visit.spoil(spoiler, reshaped(written, order, lambda: links(visit.world, order, visit.base)))
