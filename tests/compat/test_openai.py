"""The official openai SDK, unchanged, against the real studio."""

import base64
from io import BytesIO
from types import ModuleType
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.compat.program import drawing
from tests.servers.studio import Crew, Shared

pytestmark = pytest.mark.stack

ENGINE = "doubao-seedream-5-0-260128"
PROMPT = "A red kite above terraced tea fields"


@pytest.fixture
def client(openai: ModuleType, studio: Shared, crew: Crew) -> Any:
    return openai.OpenAI(base_url=f"{studio.address}/v1", api_key=crew.token)


def looked_at(content: bytes) -> tuple[str | None, tuple[int, int]]:
    found = Image.open(BytesIO(content))
    return found.format, found.size


def fetched(url: str) -> tuple[str | None, tuple[int, int]]:
    return looked_at(httpx.get(url, trust_env=False, timeout=120).raise_for_status().content)


def uri(colour: str) -> str:
    return "data:image/png;base64," + base64.b64encode(drawing(colour).read()).decode()


def test_a_picture_by_its_link(client: Any):
    answer = client.images.generate(model=ENGINE, prompt=PROMPT, size="2048x2048")
    assert fetched(answer.data[0].url) == ("JPEG", (2048, 2048))


def test_a_picture_in_the_answer_itself(client: Any):
    answer = client.images.generate(
        model="gateway/seedream-5.0", prompt=PROMPT, response_format="b64_json", output_format="png", size="auto"
    )
    assert looked_at(base64.b64decode(answer.data[0].b64_json)) == ("PNG", (2048, 2048))


def test_n_is_a_group_of_so_many(client: Any):
    answer = client.images.generate(model=ENGINE, prompt=PROMPT, n=3)
    assert len({one.url for one in answer.data}) == 3


def test_what_says_nothing_here_is_reported(client: Any):
    wanted = {
        "quality": "high",
        "style": "vivid",
        "user": "me",
        "background": "auto",
        "extra_body": {"seed": 7, "surprise": 1, "image": None},
    }
    answer = client.images.with_raw_response.generate(model=ENGINE, prompt=PROMPT, **wanted)
    assert sorted(answer.headers["x-ignored-fields"].split(", ")) == ["background", "quality", "seed", "style", "surprise", "user"]


def test_references_as_data_and_by_the_links_of_the_studio_itself(client: Any):
    first = client.images.generate(model=ENGINE, prompt=PROMPT, extra_body={"image": uri("teal"), "size": "2K"}).data[0].url
    second = client.images.generate(model=ENGINE, prompt="The same at night", extra_body={"image": [first, uri("red")]}).data[0].url
    assert fetched(second)


def test_an_edit_with_files(client: Any):
    answer = client.images.edit(model=ENGINE, image=[drawing("teal"), drawing("red")], prompt="Put one into the other", n=2)
    assert len(answer.data) == 2
    assert client.images.edit(model=ENGINE, image=drawing("green"), prompt="Paint it blue", size="2K").data[0].url


def test_no_engine_takes_a_mask(openai: ModuleType, client: Any):
    with pytest.raises(openai.BadRequestError, match="No engine here takes a mask") as refusal:
        client.images.edit(model=ENGINE, image=drawing(), mask=drawing("white"), prompt="Paint it blue")
    assert refusal.value.param == "mask"


def test_a_stream_brings_each_picture_and_then_the_end(client: Any):
    events = list(client.images.generate(model=ENGINE, prompt=PROMPT, stream=True, n=2))
    assert [event.type for event in events] == ["image_generation.partial_succeeded"] * 2 + ["image_generation.completed"]
    assert fetched(events[0].url)
    assert events[-1].usage.generated_images == 2


def test_a_stream_carries_pictures_too(client: Any):
    *_pictures, end = client.images.generate(model=ENGINE, prompt=PROMPT, stream=True, response_format="b64_json")
    assert looked_at(base64.b64decode(end.b64_json))[0] == "JPEG"


def test_engines_by_their_ids_and_their_providers_names(client: Any):
    names = [model.id for model in client.models.list()]
    assert {ENGINE, "gateway/seedream-5.0", "apimart/seedream-5.0-lite"} <= set(names)
    assert len(set(names)) == len(names)
    assert client.models.retrieve("gateway/seedream-5.0").owned_by == "gateway"


REFUSALS: list[tuple[str, dict[str, object], str]] = [
    ("BadRequestError", {"size": "1024x1024"}, "at least 3 686 400 pixels"),
    ("BadRequestError", {"n": 16}, "1 to 15"),
    ("BadRequestError", {"output_format": "webp"}, "JPEG, PNG"),
    ("BadRequestError", {"prompt": "[drill:prompt-refused] a kite"}, "content rules refused the prompt"),
    ("NotFoundError", {"model": "gpt-image-1"}, "gpt-image-1"),
]


def test_what_is_refused(openai: ModuleType, client: Any):
    for kind, changes, said in REFUSALS:
        with pytest.raises(getattr(openai, kind), match=said):
            client.images.generate(**{"model": ENGINE, "prompt": PROMPT, **changes})


def test_a_token_that_is_none(openai: ModuleType, studio: Shared):
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=f"{studio.address}/v1", api_key="sk-studio-none").images.generate(model=ENGINE, prompt=PROMPT)


def test_a_token_that_may_only_look(openai: ModuleType, studio: Shared, crew: Crew):
    with pytest.raises(openai.PermissionDeniedError):
        openai.OpenAI(base_url=f"{studio.address}/v1", api_key=crew.tokens["read"]).images.generate(model=ENGINE, prompt=PROMPT)
