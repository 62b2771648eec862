"""Ark at Volcengine and ModelArk at BytePlus: what the others resell. One long call."""

from collections.abc import Sequence

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.dialects.delivery import read_delivery, write_delivery
from generations.dialects.dialect import Asked
from generations.dialects.envelope import ARK_CODES, write_ark
from generations.dialects.fields import Refusal
from generations.dialects.images import read_settings, write_references, write_settings
from generations.dialects.outcome import Accepted, Finished, Reading, Trouble
from generations.dialects.wire import Answer, Call, Picture, Received

NAME = "ark"
ASKS = False
IDEMPOTENT = False
PATH = "/api/v3/images/generations"


def write_request(request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call:
    references = write_references(pictures, engine.references)
    image = references[0] if len(references) == 1 else references
    body = {**write_settings(request, engine), "response_format": "url", **({"image": image} if image else {})}
    return Call("POST", PATH, json=body)


def read_answer(answer: Answer) -> Reading:
    return read_delivery(answer)


def read_request(received: Received) -> Asked | Trouble:
    try:
        return read_settings(received, watermark=True)
    except Refusal as refusal:
        return refusal.trouble(ARK_CODES)


def write_answer(asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Accepted):
        raise TypeError("Ark has no tasks.")
    if isinstance(outcome, Trouble):
        return write_ark(outcome)
    return write_delivery(asked, outcome, now, "x_request_id", {})
