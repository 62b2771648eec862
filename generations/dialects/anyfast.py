"""Anyfast, seed document 003 and its text-to-image page: Ark behind new-api with a few fields of its own. One long call."""

from collections.abc import Sequence
from typing import Any

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest, Logo
from generations.catalogue.settle import settle
from generations.dialects import faults
from generations.dialects.delivery import read_delivery, write_delivery
from generations.dialects.dialect import Asked
from generations.dialects.envelope import NEW_API_CODES, write_new_api
from generations.dialects.fields import Fields, Refusal, invalid
from generations.dialects.images import read_settings, write_references, write_settings
from generations.dialects.outcome import Accepted, Finished, Reading, Trouble
from generations.dialects.wire import Answer, Call, Picture, Received

NAME = "anyfast"
ASKS = False
IDEMPOTENT = False
PATH = "/v1/images/generations"


def write_request(request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call:
    body = write_settings(request, engine)
    if pictures:
        body["image"] = write_references(pictures, engine.references)
    if logo := settle(request, engine).logo:
        body["logo_info"] = {"add_logo": True, "position": logo.position, "language": logo.language, "opacity": logo.opacity}
    return Call("POST", PATH, json=body)


def read_answer(answer: Answer) -> Reading:
    return read_delivery(answer)


def read_request(received: Received) -> Asked | Trouble:
    try:
        return read_asked(received)
    except Refusal as refusal:
        return refusal.trouble(NEW_API_CODES)


def read_asked(received: Received) -> Asked:
    fields = Fields(received.json)
    if isinstance(fields.get("image"), str):
        raise invalid("image", "it must be an array", faults.REFERENCE)
    asked = read_settings(received, watermark=False, groups=("auto",))
    request = asked.request.with_(logo=read_logo(fields.inner("logo_info")))
    return Asked(asked.wire_id, request, asked.references, asked.inline)


def read_logo(fields: Fields) -> Logo | None:
    position, language, opacity = fields.whole("position"), fields.whole("language"), fields.number("opacity")
    if not fields.flag("add_logo", usual=False):
        return None
    given: dict[str, Any] = {"position": position, "language": language, "opacity": opacity}
    return Logo(**{name: value for name, value in given.items() if value is not None})


def write_answer(asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Accepted):
        raise TypeError("Anyfast has no tasks.")
    if isinstance(outcome, Trouble):
        return write_new_api(outcome)
    return write_delivery(asked, outcome, now, "x_oneapi_request_id", {})
