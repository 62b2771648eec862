"""The body of a synchronous `images/generations`, which Anyfast, the gateway and Ark share, both ways. Each adds its own fields."""

from collections.abc import Sequence
from typing import Any

from generations.catalogue.engine import Engine, References
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import settle
from generations.dialects import faults
from generations.dialects.dialect import Asked
from generations.dialects.fields import Fields, invalid, read_group, read_reference
from generations.dialects.shape import read_size, write_size
from generations.dialects.wire import Inline, Picture, Received

TOGETHER = 15  # images and references, by Ark's rule


def write_settings(request: GenerationRequest, engine: Engine) -> dict[str, Any]:
    """What the engine does not take is left out entirely: Ark's newer engines refuse even a group that is `disabled`."""
    request = settle(request, engine)
    body = {
        "model": engine.wire_id,
        "prompt": request.prompt,
        "size": write_size(request, engine) or None,
        "seed": request.seed,
        "guidance_scale": request.guidance,
        "output_format": request.format or None,
        "watermark": request.watermark if engine.watermark is not None else None,
        "tools": [{"type": "web_search"}] if request.web_search else None,
        **write_group(request, engine),
    }
    return {name: value for name, value in body.items() if value is not None}


def write_group(request: GenerationRequest, engine: Engine) -> dict[str, Any]:
    if request.images < 2 or engine.most_images < 2:
        return {}
    return {"sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": request.images}}


def write_references(pictures: Sequence[Picture], rules: References) -> list[str | Inline]:
    """A link goes out as a link: whoever calls leaves it away where the bytes are to be sent."""
    if not rules.as_files and any(not picture.link for picture in pictures):
        raise ValueError("This engine takes references only as links.")
    return [picture.link if picture.link and rules.as_links else Inline(picture) for picture in pictures]


def read_settings(received: Received, watermark: bool, groups: tuple[str, ...] = ("auto", "disabled")) -> Asked:
    """Sizes and figures are checked by whoever knows the engine; here it is only whether they can be read at all."""
    fields = Fields(received.json)
    wire_id, references = fields.needed("model"), read_images(fields)
    if fields.get("stream") is True:
        raise invalid("stream", "streaming is not supported")
    return Asked(
        wire_id=wire_id,
        request=read_wishes(fields, watermark).with_(images=read_count(fields, groups, len(references))),
        references=references,
        inline=fields.choice("response_format", "url", "b64_json") == "b64_json",
    )


def read_wishes(fields: Fields, watermark: bool) -> GenerationRequest:
    shape = read_size(fields.text("size", faults.SIZE))
    if shape is None:
        raise invalid("size", "size must be one of 'WIDTHxHEIGHT', '2k', '3k', or '4k'", faults.SIZE)
    ratio, tier, size = shape
    return GenerationRequest(
        engine="",
        prompt=fields.needed("prompt"),
        ratio=ratio,
        tier=tier,
        size=size,
        seed=fields.whole("seed"),
        guidance=fields.number("guidance_scale"),
        format=fields.text("output_format").lower(),
        watermark=fields.flag("watermark", watermark),
        web_search=any(isinstance(tool, dict) and tool.get("type") == "web_search" for tool in fields.entries("tools")),
    )


def read_images(fields: Fields) -> tuple[str | bytes, ...]:
    value = fields.get("image")
    values = [value] if isinstance(value, str) else fields.entries("image", faults.REFERENCE)
    return tuple(read_reference(one, "image") for one in values if one != "")


def read_count(fields: Fields, groups: tuple[str, ...], references: int) -> int:
    most = read_group(fields, groups)
    if most is None:
        return 1
    return most or max(1, TOGETHER - references)
