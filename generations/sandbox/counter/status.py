"""The state of a task. It follows from the clock alone: nothing runs while nobody asks."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from generations.dialects import faults
from generations.dialects.dialect import AskingDialect
from generations.dialects.faults import refused
from generations.dialects.outcome import Finished, Next, Pending, Sent, Trouble
from generations.sandbox.counter import door
from generations.sandbox.counter.deliver import finished
from generations.sandbox.counter.receive import passed, receive
from generations.sandbox.counter.visit import Visit
from generations.sandbox.links import base
from generations.sandbox.order import Order
from generations.sandbox.weather.choice import by_header
from generations.sandbox.weather.shapes import edited
from generations.sandbox.weather.spoilers import NAMES
from generations.sandbox.weather.states import REWRITES, misstated
from generations.sandbox.wire import Answer, Request
from generations.sandbox.world import World

QUEUED = 0.2  # of the whole time
UNKNOWN = Trouble(Next.REPORT, Sent.NO, "There is no such task.", "task not exist")
TROUBLES: Mapping[str, Trouble] = {
    "unknown-task": UNKNOWN,
    "poll-busy": refused(faults.BUSY, "Too many requests.", wait=1),
    "poll-bad-key": refused(faults.KEY, "The API key is not valid."),
}


def ask(world: World, dialect: AskingDialect, request: Request) -> Answer:
    visit = Visit(world, dialect, door.key(request.headers, dialect.NAME), base(request), request.path)
    if trouble := door.closed(visit.key, buys=False):
        return write(world, dialect, "", trouble)
    task = dialect.read_question(receive(request, dialect.NAME))
    if isinstance(task, Trouble):
        return write(world, dialect, "", task)
    order = world.orders.get(task)
    if order is None or order.engine.dialect != dialect.NAME:
        return write(world, dialect, task, UNKNOWN)
    drills = {**order.drills, **by_header(request.headers, dialect.NAME)}
    return told(visit, dialect, replace(order, drills=drills))


def told(visit: Visit, dialect: AskingDialect, order: Order) -> Answer:
    world, drills = visit.world, order.drills
    if name := world.first(drills, TROUBLES, order.id):
        return write(world, dialect, order.id, TROUBLES[name])
    task = order.id[:-4] + "0000" if world.strikes(drills, "other-task", order.id) else order.id
    answer = write(world, dialect, task, misstated(state(visit, order), order))
    sent = [link for link in order.asked.references if isinstance(link, str)]
    for name, edit in REWRITES.items():
        if world.strikes(drills, name, order.id):
            answer = edited(answer, partial(edit, sent=sent))
    return visit.spoil(world.first(drills, NAMES, order.id, "poll-"), answer)


def state(visit: Visit, order: Order) -> Pending | Finished | Trouble:
    share = (visit.world.now() - order.born) / order.takes if order.takes else 1.0
    if share >= 1:
        return finished(visit.world, order, visit.base)
    if share < QUEUED:
        return Pending()
    return Pending(running=True, progress=int((share - QUEUED) / (1 - QUEUED) * 100))


def write(world: World, dialect: AskingDialect, task: str, outcome: Pending | Finished | Trouble) -> Answer:
    return passed(dialect.write_status(task, outcome, int(world.now())))
