"""The official SDK of Ark, unchanged, against the real studio."""

import base64
from types import ModuleType
from typing import Any

import pytest

from tests.compat.test_openai import ENGINE, PROMPT, fetched, looked_at, uri
from tests.servers.studio import Crew, Shared

pytestmark = pytest.mark.stack


@pytest.fixture
def client(ark: ModuleType, studio: Shared, crew: Crew) -> Any:
    return ark.Ark(base_url=f"{studio.address}/compat/ark/api/v3", api_key=crew.token)


@pytest.mark.parametrize("path", ["/v1", "/compat/ark/api/v3"])
def test_pictures(path: str, ark: ModuleType, studio: Shared, crew: Crew):
    """The SDK sends a null for everything that is not named."""
    client = ark.Ark(base_url=studio.address + path, api_key=crew.token)
    answer = client.images.generate(model=ENGINE, prompt=PROMPT, size="2K", watermark=False)
    assert fetched(answer.data[0].url)[0] == "JPEG"
    assert (answer.model, answer.usage.generated_images) == (ENGINE, 1)


def test_a_group_with_references(ark: ModuleType, client: Any):
    group = ark.types.images.SequentialImageGenerationOptions(max_images=2)
    wanted = {"image": [uri("teal"), uri("red")], "sequential_image_generation": "auto", "sequential_image_generation_options": group}
    answer = client.images.generate(model=ENGINE, prompt=PROMPT, response_format="b64_json", output_format="png", **wanted)
    assert [looked_at(base64.b64decode(one.b64_json))[0] for one in answer.data] == ["PNG", "PNG"]


def test_a_stream(ark: ModuleType, client: Any):
    group = ark.types.images.SequentialImageGenerationOptions(max_images=2)
    wanted = {"sequential_image_generation": "auto", "sequential_image_generation_options": group}
    events = list(client.images.generate(model=ENGINE, prompt=PROMPT, stream=True, **wanted))
    assert [event.type.partition(".")[2] for event in events] == ["partial_succeeded", "partial_succeeded", "completed"]
    assert {event.image_index for event in events[:2]} == {0, 1}  # as they come
    assert fetched(events[1].url)
    assert events[-1].usage["generated_images"] == 2


def test_refusals(ark: ModuleType, client: Any):
    with pytest.raises(ark._exceptions.ArkBadRequestError, match="3 686 400 pixels"):
        client.images.generate(model=ENGINE, prompt=PROMPT, size="512x512")
    with pytest.raises(ark._exceptions.ArkNotFoundError):
        client.images.generate(model="no-such-model", prompt=PROMPT)
