"""The OpenAI-like gateway and Ark: one long call, and the pictures are in its answer."""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import partial

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from generations.calling import room
from generations.calling.caller import Caller
from generations.calling.line import gone
from generations.calling.links import link
from generations.calling.ordering import answered, order
from generations.calling.outcome import outcome
from generations.calling.waiting import ended, place, wait
from generations.calling.wish import Wish
from generations.catalogue import ENGINES
from generations.catalogue.settle import complete, fates
from generations.compat import asking
from generations.compat.call import Call, check
from generations.compat.carried import Basket
from generations.compat.counter import Door, Gone, come_in, ignored, lighter, named, receive, serves, tell, wish
from generations.compat.present import SILENT, left_behind
from generations.compat.pulled import Pulled
from generations.compat.said import deny, deny_as_ark
from generations.compat.stream import streamed
from generations.dialects import ark, gateway
from generations.dialects.dialect import Asked
from generations.dialects.wire import Received
from generations.models import Generation, Scope

PATIENCE = 300.0  # seconds; then the program is asked to come again, and goes on waiting for the same
LEAST, SPARE = 1.0, 5.0
SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", re.ASCII)
JSON = "application/json"
NAMES = {
    "guidance": "guidance_scale",
    "format": "output_format",
    "web_search": "tools",
    "ratio": "size",
    "tier": "size",
    "logo": "logo_info",
}

V1 = Door(gateway, deny, knows=asking.KNOWN)
GATEWAY = Door(gateway, deny, "/compat/gateway", knows=asking.KNOWN)
ARK = Door(ark, deny_as_ark, "/compat/ark", knows=asking.KNOWN)

Shape = Callable[[Received], Received]


def create(door: Door, shape: Shape, request: HttpRequest) -> HttpResponseBase:
    caller = come_in(door, request, Scope.GENERATE)
    with ExitStack() as stack:
        stack.enter_context(place(caller.user.pk))
        call = take(door, shape, request, caller)
        if call.stream:
            return streamed(call, stack.pop_all())
        return finish(call, wait(call.generation, patience(request), call.vigil), stack)


def patience(request: HttpRequest) -> float:
    """Less than its program has, where it says so."""
    told = request.headers.get("x-stainless-read-timeout", "")
    return min(PATIENCE, max(LEAST, float(told) - SPARE)) if SECONDS.fullmatch(told) else PATIENCE


def take(door: Door, shape: Shape, request: HttpRequest, caller: Caller) -> Call:
    received = receive(door, request)
    shaped = shape(received)
    want = asking.want(door, shaped)
    generation = once(caller, wish(door, received, want.asked), request)
    room.leave(request)
    extras = (*ignored(door, shaped), *(name for name in left_out(want.asked, generation) if name in shaped.json))
    return Call(door, request, caller, lighter(want.asked), generation, extras, want.stream)


def once(caller: Caller, wish: Wish, request: HttpRequest) -> Generation:
    """What the same program left behind is its request; it is not made again. For whoever has hung up nothing is begun."""

    def look(patience: float = 0) -> Generation | None:
        found = None if wish.key else left_behind(caller, wish, patience)
        if gone(request):
            raise Gone
        return found

    return look(SILENT) or order(caller, wish, look)


def left_out(asked: Asked, generation: Generation) -> Iterator[str]:
    """What the engine does not take."""
    if engine := ENGINES.get(generation.engine):
        request = complete(asked.request.with_(engine=engine.id), engine)
        yield from (NAMES.get(field.name, field.name) for field in fates(request, engine) if field.fate == "left out")


def finish(call: Call, generation: Generation, stack: ExitStack) -> HttpResponseBase:
    left = call.left()
    if left or not ended(generation):
        call.vigil.leave()
    if left:
        raise Gone
    check(generation, call.request)
    if not call.asked.inline:
        found = outcome(generation, partial(link, call.request), call.asked.wire_id)
        return named(tell(call.door, call.asked, generation, found, call.request), generation, call.extras)
    basket = Basket()
    carried = basket.carried(outcome(generation, basket.link, call.asked.wire_id))
    body = tell(call.door, call.asked, generation, carried).content
    response = StreamingHttpResponse(Pulled(carry(call, basket.pieces(body, call.caller), stack.pop_all())), content_type=JSON)
    return named(response, generation, call.extras)


def carry(call: Call, pieces: Iterator[bytes], stack: ExitStack) -> Generator[bytes, None, None]:
    """What is not taken to its end is left behind. Of what was, nobody asks that any more."""
    with stack:
        stack.callback(call.vigil.leave)
        yield from call.taken(pieces)
        answered(call.generation)


def address(door: Door, shape: Shape = lambda received: received) -> Callable[..., HttpResponseBase]:
    def create_there(request: HttpRequest) -> HttpResponseBase:
        return create(door, shape, request)

    return serves(door, "POST")(create_there)


generations, edits = address(V1), address(V1, asking.as_json)
gateway_generations, gateway_edits = address(GATEWAY), address(GATEWAY, asking.as_json)
ark_generations = address(ARK)
