"""The OpenAI-like gateway of seed document 004: Ark behind new-api. One long call."""

from collections.abc import Sequence

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.dialects.delivery import read_delivery, write_delivery
from generations.dialects.dialect import Asked
from generations.dialects.envelope import NEW_API_CODES, write_new_api
from generations.dialects.fields import Refusal
from generations.dialects.images import read_settings, write_references, write_settings
from generations.dialects.outcome import Accepted, Finished, Reading, Trouble
from generations.dialects.wire import Answer, Call, Picture, Received

NAME = "gateway"
ASKS = False
IDEMPOTENT = False
PATH = "/v1/images/generations"
EMPTY = {"url": "", "b64_json": "", "revised_prompt": ""}  # new-api writes them all


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
        return refusal.trouble(NEW_API_CODES)


def write_answer(asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Accepted):
        raise TypeError("The gateway has no tasks.")
    if isinstance(outcome, Trouble):
        return write_new_api(outcome)
    return write_delivery(asked, outcome, now, "x_oneapi_request_id", EMPTY)
