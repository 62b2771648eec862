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
from generations.calling.pictures import content
from generations.calling.waiting import ended, lookout, settled, wait
from generations.compat.call import Call, check
from generations.compat.counter import Gone, named
from generations.compat.denial import Denial, judge
from generations.compat.pulled import Pulled
from generations.dialects.outcome import Finished, Trouble
from generations.dialects.uri import write_base64
from generations.dialects.wire import Answer
from generations.models import Generation, Image

LOOK = 2.0  # seconds between two looks for a picture
QUIET = 10.0  # then something is said, so that nobody in between takes the connection for dead
LONGEST = 900.0
TYPE = "image_generation."
WAITING, DONE = b": waiting\n\n", b"data: [DONE]\n\n"
Sent = dict[int, dict[str, Any]]  # what was said of each picture
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
    with stack:
        sent: Sent = {}
        spoke, last = False, monotonic()
        for now in looks(call):
            if piece := b"".join(grown(call, now, sent)) or (WAITING if monotonic() - last > QUIET else b""):
                yield piece
                spoke, last = True, monotonic()
        yield from end(call, now, list(sent.values()), spoke)


def looks(call: Call) -> Iterator[Generation]:
    """As it is now and then, and at last as it is in the end."""
    until, over = monotonic() + LONGEST, False
    while not over:
        now = wait(call.generation, LOOK, call.vigil)
        if call.left():
            call.vigil.leave()
            raise Gone
        over = settled(now) or monotonic() >= until or lookout.over()
        yield now
    if not ended(now):
        call.vigil.leave()


def grown(call: Call, now: Generation, sent: Sent) -> Iterator[bytes]:
    """What was stored since."""
    for image in now.images.stored().kept().select_related("team").exclude(pk__in=sent).order_by("index"):
        sent[image.pk] = told(call, image)
        yield event("partial_succeeded", sent[image.pk])


def end(call: Call, now: Generation, pictures: list[dict[str, Any]], spoke: bool) -> Iterator[bytes]:
    """Both SDKs hang up at the first thing that is an error, so those come behind all pictures, and what came before was heard."""
    try:
        check(now, call.request)
        found = outcome(now, partial(link, call.request), call.asked.wire_id)
        if isinstance(found, Trouble):
            raise judge(found).about(now)
        if isinstance(found, Finished):
            yield from summed_up(call, found, pictures)
            answered(now)
    except Denial as denial:
        if not spoke:
            raise
        yield data(json.loads(call.door.deny(denial).body))
    yield DONE


def summed_up(call: Call, found: Finished, pictures: list[dict[str, Any]]) -> Iterator[bytes]:
    for place, item in enumerate(found.items):
        if item.trouble:
            error = {"code": item.trouble.code or "generation_failed", "message": item.trouble.said or item.trouble.sentence}
            yield event("partial_failed", {**basics(call), "image_index": place, "error": error})
    usage = usage_of(call.door.dialect.write_answer(call.asked, found, int(time())))
    first = {name: value for name, value in pictures[0].items() if name not in PLACES} if pictures else {}
    yield event("completed", {**first, **basics(call), "usage": usage | NO_TOKENS})


def usage_of(answer: Answer) -> dict[str, Any]:
    found = json.loads(answer.body).get("usage")
    return dict(found) if isinstance(found, dict) else {}


def told(call: Call, image: Image) -> dict[str, Any]:
    found = {"b64_json": write_base64(content(call.caller, image))} if call.asked.inline else {"url": link(call.request, image)}
    looks = {"size": f"{image.width}x{image.height}", "output_format": image.format}
    return {**basics(call), **dict.fromkeys(PLACES, image.index), **found, **looks, **PLAIN}


def basics(call: Call) -> dict[str, Any]:
    now = int(time())
    return {"model": call.asked.wire_id, "created": now, "created_at": now}


def event(name: str, value: dict[str, Any]) -> bytes:
    return f"event: {TYPE}{name}\n".encode() + data({"type": TYPE + name, **value})


def data(value: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode(errors="replace")
