"""Pictures, requests and outcomes to begin a test with, one by one and for hypothesis."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any

from hypothesis import strategies as any_

from generations.catalogue import Engine
from generations.catalogue.request import LEAST_SEED, MOST_SEED, GenerationRequest, Logo
from generations.catalogue.settle import settle
from generations.catalogue.sizes import AUTO, Size
from generations.dialects.outcome import Item
from generations.dialects.wire import Answer, Picture, Received

TEXTS = any_.text(any_.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
IDS = any_.text("abcdXYZ0189_-:", min_size=3, max_size=40)
WORDS = any_.text("abcdefgXYZ0189-_/%&=", min_size=1, max_size=12)
LINKS = any_.builds("https://files.example/{}.jpeg?X-Tos={}".format, WORDS, WORDS)
SIZES = any_.builds(Size, any_.integers(1, 9999), any_.integers(1, 9999))
CONTENTS = any_.binary(min_size=1, max_size=400)


def picture(content: bytes = b"\xff\xd8 kite", format: str = "jpeg", link: str = "") -> Picture:
    return Picture(sha256(content).hexdigest(), format, len(content), lambda: BytesIO(content), link)


def body(value: Any, status: int = 200, **headers: str) -> Answer:
    return Answer.of(status, value, **headers)


def post(value: Any, **headers: str) -> Received:
    return Received("POST", "/v1/images/generations", headers, json=json.loads(json.dumps(value)))


def shapes(engine: Engine) -> any_.SearchStrategy[dict[str, Any]]:
    """Every ratio and tier, the engine's own choice, and pixels that no table has."""
    tiers = [{"ratio": ratio, "tier": tier} for tier, table in engine.tiers.items() for ratio in table]
    tiers += [{"ratio": AUTO, "tier": tier} for tier in engine.tiers or [""] if engine.auto]
    fixed = any_.sampled_from(tiers)
    free = SIZES.filter(lambda size: engine.place(size) is None).map(lambda size: {"size": size})
    return fixed | free if engine.free else fixed


@any_.composite
def settled(draw: any_.DrawFn, engine: Engine) -> GenerationRequest:
    request = GenerationRequest(
        engine=engine.id,
        prompt=draw(TEXTS),
        images=draw(any_.integers(1, engine.most_images)),
        seed=draw(any_.none() | any_.integers(LEAST_SEED, MOST_SEED)),
        guidance=draw(any_.none() | any_.floats(1, 10)),
        format=draw(any_.sampled_from(engine.formats)),
        watermark=draw(any_.booleans()),
        logo=draw(any_.none() | any_.builds(Logo, any_.integers(0, 9), any_.integers(0, 9), any_.floats(0, 1))),
        web_search=draw(any_.booleans()),
        **draw(shapes(engine)),
    )
    return settle(request, engine)


def pictures(engine: Engine) -> any_.SearchStrategy[list[Picture]]:
    links = any_.just("") | LINKS
    one = any_.builds(picture, CONTENTS, any_.sampled_from(["jpeg", "png"]), links)
    return any_.lists(one, min_size=engine.references.needed, max_size=min(engine.references.most, 4))


def items(inline: bool = True, sized: bool = True) -> any_.SearchStrategy[Item]:
    size = any_.none() | SIZES if sized else any_.none()
    linked = any_.builds(Item, link=LINKS, size=size)
    return linked | any_.builds(Item, link=any_.just("") | LINKS, content=CONTENTS, size=size) if inline else linked
