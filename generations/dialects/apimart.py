"""APIMart, seed document 002: a ratio and a tier apart, `n` as a number, a task comes back. It alone knows idempotency keys.

The older contract answers with a list of tasks, the one of 2026-07-27 with one task; the header asks for the newer, because only
there is the key promised to hold, and both are read and written.
"""

import re
from collections.abc import Sequence
from typing import Any

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import settle
from generations.catalogue.sizes import AUTO, Size
from generations.dialects import faults
from generations.dialects.apimart_status import CODES, finished, read_no, settled, write_trouble
from generations.dialects.apimart_status import read_question as read_question
from generations.dialects.apimart_status import read_status as read_status
from generations.dialects.apimart_status import write_question as write_question
from generations.dialects.apimart_status import write_status as write_status
from generations.dialects.complaint import senseless
from generations.dialects.dialect import Asked
from generations.dialects.fields import Fields, Refusal, invalid, read_group, read_reference
from generations.dialects.images import write_group, write_references
from generations.dialects.loose import first, members, read_json
from generations.dialects.outcome import Accepted, Finished, Reading, Trouble
from generations.dialects.shape import RATIO, TIER
from generations.dialects.task import read_task
from generations.dialects.wire import Answer, Call, Picture, Received

NAME = "apimart"
ASKS = True
IDEMPOTENT = True
PATH = "/v1/images/generations"
KEY, VERSION = "idempotency-key", "x-apimart-response-version"
NEWEST = "2026-07-27"
KEYS = re.compile(r"[\x21-\x7e]{1,191}")


def write_request(request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call:
    request = settle(request, engine)
    body = {
        "model": engine.wire_id,
        "prompt": request.prompt,
        "size": str(request.size or request.ratio),
        "resolution": request.tier,
        "n": request.images,
        "output_format": request.format,
        "watermark": request.watermark,
        "image_urls": write_references(pictures, engine.references),
        **write_group(request, engine),
    }
    headers = {"Idempotency-Key": key} if key else {}
    said = {name: value for name, value in body.items() if value != "" and value != []}
    return Call("POST", PATH, headers={**headers, "X-APIMart-Response-Version": NEWEST}, json=said)


def read_answer(answer: Answer) -> Reading:
    value = read_json(answer.body)
    if trouble := read_no(answer, value):
        return trouble
    data = first(members(value).get("data"))
    if task := read_task(data.get("task_id")) or read_task(data.get("id")):
        return Accepted(task)
    done = settled(data, answer, ())
    return done if isinstance(done, Finished) else senseless(answer)


def read_request(received: Received) -> Asked | Trouble:
    try:
        return read_asked(received)
    except Refusal as refusal:
        return refusal.trouble(CODES, "400")


def read_asked(received: Received) -> Asked:
    fields, key = Fields(received.json), received.headers.get(KEY, "")
    if key and not KEYS.fullmatch(key):
        raise invalid("Idempotency-Key", "it must be 1 to 191 visible ASCII characters")
    request = GenerationRequest(
        engine="",
        prompt=fields.needed("prompt"),
        images=read_count(fields),
        format=fields.text("output_format").lower(),
        watermark=fields.flag("watermark", usual=False),
        **read_shape(fields),
    )
    references = tuple(read_reference(one, "image_urls") for one in fields.entries("image_urls", faults.REFERENCE))
    return Asked(fields.needed("model"), request, references, key=key, version=received.headers.get(VERSION, ""))


def read_count(fields: Fields) -> int:
    """Whichever is more, because that is what may come."""
    n, group = fields.whole("n"), read_group(fields)
    return max(1 if n is None else n, group or 0)


def read_shape(fields: Fields) -> dict[str, Any]:
    word, tier = fields.text("size", faults.SIZE), fields.text("resolution", faults.SIZE).upper()
    if tier and not TIER.fullmatch(tier):
        raise invalid("resolution", "it must be a tier such as 2K", faults.SIZE)
    if size := Size.read(word):
        return {"size": size}
    if word and word != AUTO and not RATIO.fullmatch(word):
        raise invalid("size", "it must be a ratio such as 16:9", faults.SIZE)
    return {"ratio": word, "tier": tier}


def write_answer(asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Trouble):
        return write_trouble(outcome)
    if isinstance(outcome, Finished):
        return Answer.of(200, {"code": 200, "data": finished(outcome, now)})
    if asked and asked.version:
        task = {"id": outcome.task, "object": "image.task", "status": "submitted", "poll_url": write_question(outcome.task).path}
        return Answer.of(202, {"code": 202, "data": task})
    return Answer.of(200, {"code": 200, "data": [{"status": "submitted", "task_id": outcome.task}]})
