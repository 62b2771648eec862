"""Every example that the providers print can be read, as a request and as an answer."""

from typing import Any

import pytest

from generations.catalogue import by_wire_id
from generations.catalogue.request import Logo
from generations.catalogue.settle import complete
from generations.catalogue.sizes import Size
from generations.dialects import anyfast, apimart, ark, gateway, tensorslab
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Accepted, Finished, Item
from generations.dialects.wire import Received
from tests.dialects import seeds
from tests.dialects.sample import body, post


def read(dialect, value) -> Asked:
    asked = dialect.read_request(post(value))
    assert isinstance(asked, Asked), asked
    return asked


@pytest.mark.parametrize("example", seeds.GATEWAY.values(), ids=seeds.GATEWAY)
@pytest.mark.parametrize("dialect", [gateway, ark])
def test_the_gateways_examples_are_read(dialect, example: dict):
    asked = read(dialect, example)
    engine = by_wire_id("gateway", example["model"], len(asked.references))
    assert engine
    assert asked.request.prompt == example["prompt"]
    assert asked.request.watermark is example["watermark"]
    assert complete(asked.request, engine).ratio in (["auto"] if not asked.request.size else [""])


def test_the_gateways_group_is_read():
    asked = read(gateway, seeds.GATEWAY["a group"])
    assert (asked.request.images, asked.request.tier, asked.request.format) == (3, "2K", "png")
    assert asked.references == tuple(seeds.GATEWAY["a group"]["image"])


def test_the_gateways_figures_are_read():
    request = read(gateway, seeds.GATEWAY["3.0"]).request
    assert (request.size, request.seed, request.guidance, request.images) == (Size(1024, 1024), 12, 2.5, 1)


def test_the_gateways_answer_is_read_in_spite_of_what_else_is_in_it():
    entry = seeds.GATEWAY_ANSWER["data"][0]
    assert gateway.read_answer(body(seeds.GATEWAY_ANSWER)) == Finished((Item(entry["url"], filters=without_link(entry)),))


def without_link(entry: dict[str, Any]) -> dict[str, Any]:
    """What the content filter said."""
    return {name: value for name, value in entry.items() if name != "url"}


def test_anyfasts_example_is_read():
    asked = read(anyfast, seeds.ANYFAST)
    assert asked.request.logo == Logo(1, 0, 0.5)
    assert (asked.request.images, asked.request.size, asked.request.seed) == (3, Size(2048, 2048), 7)


def test_anyfasts_answer_is_read():
    read = anyfast.read_answer(body(seeds.ANYFAST_ANSWER))
    item = Item(seeds.ANYFAST_ANSWER["data"][0]["url"], size=Size(2048, 2048))
    assert read == Finished((item,), billed=1, engine="doubao-seedream-5-0-260128")


def test_apimarts_example_is_read():
    request = read(apimart, seeds.APIMART).request
    assert (request.ratio, request.tier, request.images, request.watermark) == ("16:9", "2K", 1, False)


def test_apimarts_group_example_is_read():
    group = {"sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": 4}}
    assert read(apimart, {**seeds.APIMART, **group}).request.images == 4


def test_the_answers_of_those_with_tasks_are_read():
    assert apimart.read_answer(body(seeds.APIMART_ANSWER)) == Accepted("task_01K8SGYNNNVBQTXNR4MM964S7K")
    assert tensorslab.read_answer(body(seeds.TENSORSLAB_ANSWER)) == Accepted("abcd_1234567890abcdef")


@pytest.mark.parametrize(
    ("resolution", "shape"), [("2K", ("auto", "2K", None)), ("3750x1250", ("", "", Size(3750, 1250))), ("9:16", ("9:16", "", None))]
)
def test_tensorslabs_resolution_is_a_ratio_a_tier_or_pixels(resolution: str, shape: tuple):
    fields = (("prompt", "kite"), ("resolution", resolution))
    asked = tensorslab.read_request(Received("POST", "/tensorslab/v1/images/seedreamv45", fields=fields))
    assert isinstance(asked, Asked)
    assert (asked.request.ratio, asked.request.tier, asked.request.size) == shape
    assert asked.wire_id == "seedreamv45"
