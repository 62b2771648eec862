"""What a program wants of `images/generations` or `images/edits`: everything that upstream takes, and a little more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from generations.compat.counter import Door, read_request
from generations.compat.denial import Denial, Why
from generations.dialects.dialect import Asked
from generations.dialects.uri import decode
from generations.dialects.wire import Received

MOST = 2**31 - 1
LINK = ("http://", "https://", "data:")
KNOWN = frozenset(
    {
        *("model", "prompt", "image", "size", "n", "seed", "guidance_scale", "output_format", "response_format", "watermark", "stream"),
        *("sequential_image_generation", "sequential_image_generation_options", "tools"),
    }
)
WHOLE = re.compile(r"-?[0-9]{1,10}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,10})?", re.ASCII)


@dataclass(frozen=True)
class Want:
    asked: Asked
    stream: bool = False


def want(door: Door, received: Received) -> Want:
    value = received.json
    if not isinstance(value, dict):
        raise Denial(Why.REQUEST, _("The body must be a JSON object, as UTF-8, with each field once."))
    stream, count = flag(value, "stream"), amount(value)
    asked = read_request(door, replace(received, json=plainer(value)))
    return Want(counted(asked, value, count), stream)


def plainer(value: Mapping[str, Any]) -> dict[str, Any]:
    """As the provider itself would take it."""
    found = {name: one for name, one in value.items() if one is not None and name != "stream"}
    if found.get("size") == "auto":
        del found["size"]
    if "image" in found:
        found["image"] = pictures(found["image"])
    return found


def pictures(given: Any) -> Any:
    return [picture(one) for one in (given if isinstance(given, list) else [given])]


def picture(given: Any) -> Any:
    """Base64 without a head is a picture too."""
    if not isinstance(given, str) or given.lower().startswith(LINK):
        return given
    return decode(given) or given


def amount(value: Mapping[str, Any]) -> int | None:
    n = value.get("n")
    if n is not None and (not isinstance(n, int) or isinstance(n, bool) or abs(n) > MOST):
        raise Denial(Why.REQUEST, _("`n` must be a whole number."), "n")
    return n


def counted(asked: Asked, value: Mapping[str, Any], n: int | None) -> Asked:
    """Upstream ignores `n`. Here it is a group of so many, unless a group is described in upstream's own way."""
    options = value.get("sequential_image_generation_options")
    grouped = value.get("sequential_image_generation") == "auto" and isinstance(options, dict) and options.get("max_images") is not None
    return asked if n is None or grouped else replace(asked, request=asked.request.with_(images=n))


def flag(value: Mapping[str, Any], name: str) -> bool:
    found = value.get(name)
    if found is not None and not isinstance(found, bool):
        raise Denial(Why.REQUEST, _("`%(name)s` must be true or false.") % {"name": name}, name)
    return bool(found)


# --- edits come as a form ---


def as_json(received: Received) -> Received:
    """The openai SDK sends an edit as a form with files; other programs send it as JSON, which stays as it is."""
    if received.json is not None:
        return edited(received)
    if any(name.startswith("mask") for name, _content in received.files):
        raise Denial(Why.REQUEST, _("No engine here takes a mask. Say in the prompt what is to change."), "mask")
    fields = {name: typed(name, text) for name, text in received.fields if not name.startswith("image")}
    links = [text for name, text in received.fields if name in ("image", "image[]") and text]
    images = [content for name, content in received.files if name in ("image", "image[]")]
    return edited(replace(received, json={**fields, "image": [*images, *links]}))


def edited(received: Received) -> Received:
    if isinstance(received.json, dict) and not received.json.get("image"):
        raise Denial(Why.REQUEST, _("An edit needs at least one picture in `image`."), "image")
    return received


def typed(name: str, text: str) -> Any:
    """A form knows only text."""
    if name in ("n", "seed") and WHOLE.fullmatch(text):
        return int(text)
    if name == "guidance_scale" and NUMBER.fullmatch(text):
        return float(text)
    if name in ("watermark", "stream") and text.lower() in ("true", "false"):
        return text.lower() == "true"
    return text or None
