"""Every address of the sandbox."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from generations.dialects import get_asking, get_dialect
from generations.sandbox import pages
from generations.sandbox.counter.menus import menu
from generations.sandbox.counter.status import ask
from generations.sandbox.counter.submit import submit
from generations.sandbox.counter.upload import upload, uploaded
from generations.sandbox.links import download
from generations.sandbox.weather.drills import DIALECTS, DRILLS
from generations.sandbox.wire import Answer, Request, Route, say
from generations.sandbox.world import World

SUBMITS = {
    "tensorslab": "/v1/images/{engine}",
    "apimart": "/v1/images/generations",
    "anyfast": "/v1/images/generations",
    "gateway": "/v1/images/generations",
    "ark": "/api/v3/images/generations",
}
QUESTIONS = {"tensorslab": ("POST", "/v1/images/infobytaskid"), "apimart": ("GET", "/v1/tasks/{task}")}
MENUS = {"apimart": "/v1/models", "anyfast": "/v1/models", "gateway": "/v1/models", "ark": "/api/v3/models"}
USE = "Write [drill:NAME] into the prompt, or send a header X-Sandbox-Drill or a field `drill`. NAME=3 strikes three times."


def routes(world: World) -> tuple[Route, ...]:
    return (*pages.ROUTES, *books(world), *providers(world))


def books(world: World) -> Iterator[Route]:
    yield Route("GET", "/ledger", lambda request: ledger(world))
    yield Route("DELETE", "/ledger", lambda request: cleared(world))
    yield Route("GET", "/drills", drills)
    yield Route("GET", "/made/{name}", partial(download, world))
    yield Route("GET", "/apimart/f/image/{name}", partial(uploaded, world))
    yield Route("GET", "/apimart/f/made/{name}", partial(download, world))


def providers(world: World) -> Iterator[Route]:
    for name in DIALECTS:
        dialect = get_dialect(name)
        if name in QUESTIONS:  # first: at TensorsLab the question looks like one more engine
            method, path = QUESTIONS[name]
            yield Route(method, f"/{name}{path}", partial(ask, world, get_asking(name)))
        yield Route("POST", f"/{name}{SUBMITS[name]}", partial(submit, world, dialect))
        if name in MENUS:
            yield Route("GET", f"/{name}{MENUS[name]}", partial(menu, world, dialect))
    yield Route("POST", "/apimart/v1/uploads/images", partial(upload, world, get_dialect("apimart")))


def ledger(world: World) -> Answer:
    return say(200, [asdict(line) for line in world.ledger.read()])


def cleared(world: World) -> Answer:
    world.clear()
    return Answer(204, b"", "application/json")


def drills(request: Request) -> Answer:
    return say(200, {"use": USE, "drills": [asdict(drill) for drill in DRILLS.values()]})
