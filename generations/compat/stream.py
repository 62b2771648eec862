"""An answer that grows: each picture goes out as soon as it is stored, as server-sent events in Ark's form."""

import json
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from functools import partial
from time import monotonic, time
from typing import Any

from django.http import StreamingHttpResponse

from generations.calling.links import link
from generations.calling.ordering import answered
from generations.calling.outcome import outcome
from generations.calling.waiting import fresh, lookout, settled, watch
from generations.compat.call import Call, check
from generations.compat.carried import Basket
from generations.compat.counter import Gone, named
from generations.compat.denial import Denial, judge
from generations.compat.pulled import Pulled
from generations.dialects.outcome import Finished, Trouble
from generations.dialects.wire import Answer
from generations.models import Generation, Image

LOOK = 2.0  # seconds without news, after which it is seen whether something has to be said
QUIET = 10.0  # then it has, so that nobody in between takes the connection for dead
LONGEST = 900.0
TYPE = "image_generation."
WAITING, DONE = b": waiting\n\n", b"data: [DONE]\n\n"
# What the openai SDK's own classes have besides, so that programs written for it find it.
PLAIN = {"background": "auto", "quality": "auto"}
PLACES = ("image_index", "partial_image_index")
NO_TOKENS = {"input_tokens": 0, "input_tokens_details": {"image_tokens": 0, "text_tokens": 0}}


def streamed(call: Call, stack: ExitStack) -> StreamingHttpResponse:
    """What goes wrong before anything was said is told by its status, as in an answer that does not grow."""
    response = StreamingHttpResponse(Pulled(events(call, stack)), content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return named(response, call.generation, call.extras)


def events(call: Call, stack: ExitStack) -> Generator[bytes, None, None]:
    """What is not taken to its end is left behind."""
    with stack:
        stack.callback(call.vigil.leave)
        sent: dict[int, Image] = {}
        before, spoke, last = None, False, monotonic()
        for now in looks(call):
            for piece in call.taken(quiet(last) if now is before else grown(call, now, sent)):
                yield piece
                spoke, last = True, monotonic()
            before = now
        yield from call.taken(end(call, now, list(sent.values()), spoke))


def looks(call: Call) -> Iterator[Generation]:
    """As it is, the same again where nothing has changed for a while, and at last as it is in the end."""
    until, now = monotonic() + LONGEST, fresh(call.generation)
    yield now
    while not (settled(now) or monotonic() >= until or lookout.over()):
        now = watch(now, LOOK, call.vigil)
        if call.left():
            raise Gone
        yield now


def quiet(last: float) -> Iterator[bytes]:
    if monotonic() - last > QUIET:
        yield WAITING


def grown(call: Call, now: Generation, sent: dict[int, Image]) -> Iterator[bytes]:
    """What was stored since."""
    for image in now.images.stored().kept().select_related("team").exclude(pk__in=sent).order_by("index"):
        sent[image.pk] = image
        yield from pictured(call, "partial_succeeded", image, **dict.fromkeys(PLACES, image.index))


def end(call: Call, now: Generation, sent: list[Image], spoke: bool) -> Iterator[bytes]:
    """Both SDKs hang up at the first thing that is an error, so those come behind all pictures, and what came before was heard."""
    try:
        check(now, call.request)
        found = outcome(now, partial(link, call.request), call.asked.wire_id)
        if isinstance(found, Trouble):
            raise judge(found).about(now)
        if isinstance(found, Finished):
            yield from summed_up(call, found, sent)
            answered(now)
    except Denial as denial:
        if not spoke:
            raise
        yield data(json.loads(call.door.deny(denial).body))
    yield DONE


def summed_up(call: Call, found: Finished, sent: list[Image]) -> Iterator[bytes]:
    """A picture that is the only one is there once more: programs written for OpenAI look for it at the end."""
    for place, item in enumerate(found.items):
        if item.trouble:
            error = {"code": item.trouble.code or "generation_failed", "message": item.trouble.said or item.trouble.sentence}
            yield event("partial_failed", {**basics(call), "image_index": place, "error": error})
    usage = usage_of(call.door.dialect.write_answer(call.asked, found, int(time()))) | NO_TOKENS
    if sent and len(found.items) == 1:
        yield from pictured(call, "completed", sent[0], usage=usage)
    else:
        yield event("completed", {**basics(call), "usage": usage})


def usage_of(answer: Answer) -> dict[str, Any]:
    found = json.loads(answer.body).get("usage")
    return dict(found) if isinstance(found, dict) else {}


def pictured(call: Call, name: str, image: Image, **more: Any) -> Iterator[bytes]:
    """The picture itself is read and encoded piece by piece, as it is taken."""
    basket = Basket()
    found = {"b64_json": basket.link(image)} if call.asked.inline else {"url": link(call.request, image)}
    looks = {"size": f"{image.width}x{image.height}", "output_format": image.format}
    yield from basket.pieces(event(name, {**basics(call), **found, **looks, **PLAIN, **more}), call.caller)


def basics(call: Call) -> dict[str, Any]:
    now = int(time())
    return {"model": call.asked.wire_id, "created": now, "created_at": now}


def event(name: str, value: dict[str, Any]) -> bytes:
    return f"event: {TYPE}{name}\n".encode() + data({"type": TYPE + name, **value})


def data(value: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode(errors="replace")
