"""TensorsLab, seed documents 000 and 001: a form goes out, a task comes back, and its state is asked for.

It says everything in HTTP 200: 1000 is accepted, 9000 is out of credit, 9999 has failed. Nobody documents its other statuses.
"""

import re
from collections.abc import Sequence
from typing import Any

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import settle
from generations.dialects import faults
from generations.dialects.complaint import complain, judge, read_refusal, senseless
from generations.dialects.dialect import Asked
from generations.dialects.faults import refused
from generations.dialects.fields import Refusal, invalid, read_reference
from generations.dialects.loose import first, links, members, read_json, whole
from generations.dialects.outcome import Accepted, Finished, Item, Reading, Trouble
from generations.dialects.shape import RATIO, read_size, write_size
from generations.dialects.task import link_of, read_task
from generations.dialects.tensorslab_status import BAD, BROKE, write_code, write_trouble
from generations.dialects.tensorslab_status import OK as ACCEPTED
from generations.dialects.tensorslab_status import read_question as read_question
from generations.dialects.tensorslab_status import read_status as read_status
from generations.dialects.tensorslab_status import write_question as write_question
from generations.dialects.tensorslab_status import write_status as write_status
from generations.dialects.wire import Answer, Call, Part, Picture, Received

NAME = "tensorslab"
ASKS = True
IDEMPOTENT = False
PATH = "/v1/images/"
FIGURE = re.compile(r"[0-9]{1,4}", re.ASCII)


def write_request(request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call:
    request = settle(request, engine)
    fields = {"category": engine.wire_id, "prompt": request.prompt, "batchsize": str(request.images)}
    fields["resolution"] = write_size(request, engine)
    parts = [Part(name, text) for name, text in fields.items() if text]
    return Call("POST", PATH + engine.wire_id, form=(*parts, *write_references(pictures, engine)))


def write_references(pictures: Sequence[Picture], engine: Engine) -> list[Part]:
    """One link or any number of files: nobody has been seen to send both."""
    if len(pictures) == 1 and pictures[0].link and engine.references.as_links:
        return [Part("imageUrl", pictures[0].link)]
    return [Part("sourceImage", picture=picture) for picture in pictures]


def read_answer(answer: Answer) -> Reading:
    value = read_json(answer.body)
    if trouble := read_refusal(answer, value):
        return trouble
    body = members(value)
    code, data = whole(body.get("code")), first(body.get("data"))
    if code in (BROKE, BAD):
        complaint = complain(body)
        return refused(faults.BALANCE if code == BROKE else judge(complaint), complaint.message, complaint.label)
    if code == ACCEPTED and (task := read_task(data.get("taskid"))):
        return Accepted(task)
    if code == ACCEPTED and (found := links(data)):
        return Finished(tuple(Item(link) for link in found))
    return senseless(answer)


def read_request(received: Received) -> Asked | Trouble:
    try:
        return read_asked(received)
    except Refusal as refusal:
        return refusal.trouble({}, str(BAD))


def read_asked(received: Received) -> Asked:
    fields = dict(received.fields)
    if not fields.get("prompt"):
        raise Refusal(faults.REQUEST, "prompt is required")
    request = GenerationRequest(engine="", prompt=fields["prompt"], images=read_count(fields.get("batchsize", "")))
    link = fields.get("imageUrl", "")
    files = tuple(content for name, content in received.files if name == "sourceImage" and content)
    return Asked(
        wire_id=received.path.rstrip("/").rpartition("/")[2],
        request=request.with_(**read_shape(fields.get("resolution", ""))),
        references=files + ((read_reference(link, "imageUrl"),) if link else ()),
    )


def read_count(text: str) -> int:
    if text and not FIGURE.fullmatch(text):
        raise invalid("batchsize", "it must be a whole number")
    return int(text or 1)


def read_shape(word: str) -> dict[str, Any]:
    """A ratio, a tier or pixels in one field."""
    if RATIO.fullmatch(word):
        return {"ratio": word}
    shape = read_size(word)
    if shape is None or word == "adaptive":
        raise Refusal(faults.SIZE, "resolution is not valid")
    return dict(zip(("ratio", "tier", "size"), shape, strict=True))


def write_answer(asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Trouble):
        return write_trouble(outcome)
    if isinstance(outcome, Accepted):
        return write_code(ACCEPTED, "Task created successfully", {"taskid": outcome.task})
    return write_code(ACCEPTED, "OK", {"url": [link_of(item) for item in outcome.pictures]})
